// Answers every request with the same few bytes, as soon as it has come in whole.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const answer = JSON.stringify({ event_id: "$0123456789012345678901234567890123456789012" });
const server = createServer((incoming, outgoing) => {
  incoming.resume();
  incoming.on("end", () => {
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`It is ready: http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
