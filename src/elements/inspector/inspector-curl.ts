import type { HttpRequest } from "../../simulation/http.ts";
import { maskedBody, maskedHeaders, maskedUrl } from "./inspector-secrets.ts";

/** A word for a POSIX shell: in single quotes, with those inside it outside. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What curl sets by itself, or what only the browser knows. */
const ownHeaders = new Set(["host", "content-length", "connection", "origin", "referer", "user-agent"]);

/** The request as a curl command for a POSIX shell. Secrets are masked unless they are asked for. */
export function curlOf(request: HttpRequest, secrets = false): string {
  const { method, body } = request;
  const headers = (secrets ? request.headers : maskedHeaders(request.headers)).filter(
    ([name]) => !ownHeaders.has(name.toLowerCase()),
  );
  const parts = [`curl -X ${method} ${quoted(secrets ? request.url : maskedUrl(request.url))}`];
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (typeof body === "string" && body !== "")
    parts.push(`--data-raw ${quoted(secrets ? body : maskedBody(body))}`);
  else if (body !== undefined && body.length > 0) parts.push("--data-binary @body.bin");
  return parts.join(" \\\n  ");
}
