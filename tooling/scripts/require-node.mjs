// Guards every script that runs TypeScript sources directly. The repository brings its own Node as an optional
// dependency, and "optional" means silent: on a platform without such a binary the system's Node would fail with
// ERR_UNKNOWN_FILE_EXTENSION, which tells nobody what to do. This file must stay plain JavaScript that Node 18 can run.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 24 && !(major === 22 && minor >= 18)) {
  console.error(
    `tlskit's scripts need Node 24 or newer, and no bundled Node fits ${process.platform}-${process.arch}` +
      ` (this is Node ${process.versions.node}): install Node 26 from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}
