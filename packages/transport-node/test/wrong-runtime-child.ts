// Calls every function of Node's adapter, wherever it runs, and prints the errors as JSON.

import { connect, listen, startTls } from "../src/index.ts";

const attempts = [connect("localhost:443"), listen({} as never), startTls({}, {} as never)];
const errors = await Promise.all(
  attempts.map((attempt) =>
    attempt.then(
      () => "success",
      (error: unknown) => error,
    ),
  ),
);
console.log(JSON.stringify(errors));
