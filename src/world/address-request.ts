import { type MatrixLink, parseMatrixLink } from "../protocol/matrix-links.ts";
import { isRefusal, type Refusal } from "../protocol/refusal.ts";

/** The request that asks the home of an address what it leads to. */
export type AddressRequest = { link: MatrixLink; server: string; url: string };

/**
 * What to ask, and whom, to follow an address as a person writes it. A room id of version 12 names no home: one of
 * the servers that the link names is asked, if any.
 */
export function addressRequest(text: string): AddressRequest | Refusal {
  const link = parseMatrixLink(text);
  if (isRefusal(link)) return link;
  const { target } = link;
  const server = target.server ?? link.via[0];
  if (server === undefined) return { code: "address/no-home", facts: { address: target.text } };
  const id = encodeURIComponent(target.text);
  const path = {
    user: `v3/profile/${id}`,
    alias: `v3/directory/room/${id}`,
    room: `v1/room_summary/${id}`,
  }[target.kind];
  return { link, server, url: `https://${server}/_matrix/client/${path}` };
}
