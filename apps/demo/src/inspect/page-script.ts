// The page's own script: text in, findings out. It speaks to nobody; the page's policy would not let it.
import { examine, type Finding } from "./examine.ts";

const input = document.querySelector("textarea");
const file = document.querySelector("input");
const output = document.querySelector("output");
let latest = 0;

input?.addEventListener("input", () => show(input.value));
file?.addEventListener("change", () => read(file.files?.[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  read(event.dataTransfer?.files[0]);
});

async function read(chosen: File | undefined): Promise<void> {
  if (chosen !== undefined) await show(new Uint8Array(await chosen.arrayBuffer()));
}

async function show(given: string | Uint8Array): Promise<void> {
  latest += 1;
  const turn = latest;
  const findings = given.length === 0 ? [] : await examine(given);
  // Someone may have typed on meanwhile.
  if (turn === latest) output?.replaceChildren(...findings.map(section));
}

/** Text only: a certificate's names are whatever someone wrote into them. */
function section({ title, notes, text, isError }: Finding): HTMLElement {
  const element = document.createElement("section");
  if (isError) element.className = "error";
  element.append(textElement("h2", title), ...notes.map((note) => textElement("p", note)), textElement("pre", text));
  return element;
}

function textElement(name: "h2" | "p" | "pre", text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
