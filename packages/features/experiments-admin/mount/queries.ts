"use client";

import "./policy";
import { QueryClient } from "@tanstack/react-query";
import { isPassing } from "./call-route";

const STALE_AFTER_MS = 10_000;
const MAX_RETRIES = 2;

/** For as long as the document lives, since each address mounts the page anew. */
const queries = new Map<string, QueryClient>();

export function queriesOf(apiPath: string): QueryClient {
  const known = queries.get(apiPath);
  if (known !== undefined) return known;
  const made = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
      },
    },
  });
  queries.set(apiPath, made);
  return made;
}
