import type { Observation } from "../observation.ts";
import { isHost } from "./known.ts";

/** What is wanted of a request and its answer. */
export type ExchangeMatch = {
  id?: number;
  method?: string;
  path?: string;
  from?: string;
  to?: string;
  status?: number;
  errcode?: string;
};

/** The path matches where it contains what is wanted; `*` stands for anything in between. */
export function isExchange(exchange: Observation["exchanges"][number], wanted: ExchangeMatch): boolean {
  const { id, method, path, from, to, status, errcode } = wanted;
  return (
    (id === undefined || exchange.id === id) &&
    (method === undefined || exchange.method === method) &&
    (path === undefined || isPath(exchange.path, path)) &&
    isHost(exchange.from, from) &&
    isHost(exchange.to, to) &&
    (status === undefined || exchange.status === status) &&
    (errcode === undefined || exchange.errcode === errcode)
  );
}

function isPath(path: string, wanted: string): boolean {
  let from = 0;
  for (const part of wanted.split("*")) {
    const found = path.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}
