// Calls one function of the adapter, and prints the error as JSON. Arguments: the adapter, the function's name.

import process from "node:process";

const [, , entry = "", name = ""] = process.argv;
const adapter = (await import(entry)) as Record<string, (argument: unknown) => Promise<unknown>>;
const argument = name === "loadIdentity" ? { cert: "no-such-file.pem", key: "no-such-file.pem" } : "localhost:443";
try {
  await adapter[name]?.(argument);
  console.log("{}");
} catch (error) {
  console.log(JSON.stringify(error));
}
