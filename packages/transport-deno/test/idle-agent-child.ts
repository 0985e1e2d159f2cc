// One request by an agent that keeps its connection for the next. Nothing is left to do then. Arguments: the server's port,
// and its CA in PEM.

import { request } from "node:https";
import process from "node:process";
import { CertificateOptions } from "@tlskit/options";
import { Certificate } from "@tlskit/x509";
import { httpsAgent } from "../src/index.ts";

const [port = "", ca = ""] = process.argv.slice(2);
const agent = httpsAgent({ tls: new CertificateOptions({ trustRoot: Certificate.fromPem(ca) }) });
request(`https://localhost:${port}/`, { agent }, (response) => {
  response.pipe(process.stdout);
}).end();
