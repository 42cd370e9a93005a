import { type MatrixLink, parseMatrixLink } from "../../protocol/matrix-links.ts";
import { isRefusal } from "../../protocol/refusal.ts";

/** What an address is to be, taken apart: each part that is given must fit. */
export type AddressMatch = {
  form?: "identifier" | "matrix.to" | "matrix-uri";
  kind?: "user" | "room" | "alias" | "event";
  localpart?: string;
  server?: string;
  equals?: string;
  valid?: boolean;
  fault?: string;
};

/** Is what was written an address of this kind? */
export function isAddress(text: string, wanted: AddressMatch): boolean {
  const link = parseMatrixLink(text);
  if (isRefusal(link)) {
    if (wanted.fault !== undefined) return wanted.fault === link.code;
    return wanted.valid === false;
  }
  if (wanted.valid === false || wanted.fault !== undefined) return false;
  return isLink(link, text, wanted);
}

function isLink(link: MatrixLink, text: string, wanted: AddressMatch): boolean {
  const { form, kind, localpart, server, equals } = wanted;
  const { target, event } = link;
  const written = link.form === "legacy-matrix.to" ? "matrix.to" : link.form;
  return (
    (form === undefined || form === written) &&
    (kind === undefined || kind === (event ? "event" : target.kind)) &&
    (localpart === undefined || localpart === target.localpart) &&
    (server === undefined || server === target.server) &&
    (equals === undefined || equals === text.trim() || equals === target.text)
  );
}
