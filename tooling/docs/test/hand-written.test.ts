// What no generator writes goes stale by itself: links, paths, commands and lists of every page are compared with what
// is there.

import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const names = (folder: string): string[] => readdirSync(join(root, folder)).sort();
const pages = globSync(["*.md", "docs/**/*.md", "{packages,tooling,apps}/*/README.md", ".changeset/*.md"], {
  cwd: root,
}).sort();

/** Text without its blocks of code, which are run elsewhere. */
const prose = (page: string): string => read(page).replaceAll(/^```[\s\S]*?^```$/gm, "");

describe.each(pages)("%s", (page) => {
  test("its links lead somewhere", () => {
    const broken = [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(root, target))) return [link];
      return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [link];
    });
    expect(broken).toEqual([]);
  });

  test("the paths that it names exist", () => {
    const paths = [...prose(page).matchAll(/`((?:\.ci|apps|docs|packages|tooling)\/[^\s`]+)`/g)].map((m) => m[1] ?? "");
    const missing = paths.filter((path) => globSync(path.replaceAll(/<[^>]*>/g, "*"), { cwd: root }).length === 0);
    expect(missing).toEqual([]);
  });

  test("the commands that it names are scripts of the repository", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: object };
    const known = [...Object.keys(scripts), "exec"];
    const commands = [...read(page).matchAll(/`(?:npx --yes )?pnpm(?:@[\d.]+)? ([a-z:-]+)/g)].map((m) => m[1] ?? "");
    expect(commands.filter((command) => !known.includes(command))).toEqual([]);
  });
});

test.each(names("packages"))("packages/%s stands in the README, and in docs/architecture.md", (name) => {
  expect(read("README.md")).toContain(`](packages/${name})`);
  expect(read("docs/architecture.md")).toContain(`@tlskit/${name} `);
});

test.each(names("tooling"))("tooling/%s stands in docs/architecture.md", (name) => {
  const [, table = ""] = read("docs/architecture.md").split("| in `tooling` |");
  const firstCells = [...table.matchAll(/^\| (`.*?) \|/gm)].map((m) => m[1]).join(", ");
  expect(firstCells.split(", ")).toContain(`\`${name}\``);
});

test("every script stands in CONTRIBUTING.md", () => {
  const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: object };
  const missing = Object.keys(scripts).filter((name) => !read("CONTRIBUTING.md").includes(`\`pnpm ${name}`));
  expect(missing).toEqual([]);
});

test("every decision is listed, under its own title", () => {
  const files = names("docs/decisions").filter((name) => /^\d{4}-/.test(name));
  const listed = files.map((file) => {
    const [, number, title] = /^# (\d{4}) (.*)$/m.exec(read(`docs/decisions/${file}`)) ?? [];
    return `| [${number}](${file}) | ${title} |`;
  });
  expect(read("docs/decisions/README.md").match(/^\| \[.*$/gm)).toEqual(listed);
});

/** The anchors of a page's headings, as they are made of their text; of a folder, those of its README. */
function anchorsOf(path: string): string[] {
  const page = path.endsWith(".md") ? path : join(path, "README.md");
  const headings = [...prose(page).matchAll(/^#+ (.*)$/gm)].map((m) => m[1] ?? "");
  return headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}
