import type { AddressCondition } from "../condition.ts";
import { isAddress } from "./address-match.ts";
import { type Holds, of } from "./known.ts";

export const addressHolds: Holds<AddressCondition> = {
  address({ observation }, condition) {
    const written = observation.addresses[condition.field];
    return written && isAddress(written.text, condition) ? of(written) : [];
  },

  addressOpened({ observation }, { status, server, kind, equals }) {
    const wanted = { ...(kind && { kind }), ...(equals !== undefined && { equals }) };
    return of(
      ...observation.addressesOpened.filter(
        (opened) =>
          (status === undefined || opened.status === status) &&
          (server === undefined || opened.server === server) &&
          isAddress(opened.text, wanted),
      ),
    );
  },
};
