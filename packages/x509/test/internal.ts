// What tests look at beyond the public page.

export { oidName } from "../src/extensions/oid-names.ts";
export { Certificate, escapeControls, formatGeneralName } from "../src/index.ts";
