// The page as one file that needs nothing else and may speak to nobody.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles the page: HTML, style and script in one. */
export async function inspectPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./page-script.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    conditions: ["@tlskit/source"],
    charset: "utf8",
    // Parts that are loaded when wanted (encrypted keys) are put in as well.
    splitting: false,
    write: false,
    logLevel: "error",
  });
  // What would end the element early, anywhere in it.
  const script = (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
  // Nothing is loaded and nothing is sent, whatever the script does: the browser sees to it.
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>tlskit: inspect</title>
<style>${style}</style>
<h1>What is in this certificate?</h1>
<p>Paste PEM, choose a file, or drop one: certificates, requests, revocation lists, keys. Nothing leaves this page.</p>
<textarea rows="10" spellcheck="false" autocomplete="off" placeholder="-----BEGIN CERTIFICATE-----"></textarea>
<p><input type="file"></p>
<output></output>
<script>${script}</script>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
textarea { width: 100%; box-sizing: border-box; font: 13px/1.4 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 1rem; background: #f4f4f4; font: 13px/1.4 ui-monospace, monospace; }
section { border-top: 1px solid #ccc; margin-top: 1.5rem; }
section p { margin: 0.2rem 0; }
.error pre { background: #fdecea; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } pre { background: #262626; } }
`;
