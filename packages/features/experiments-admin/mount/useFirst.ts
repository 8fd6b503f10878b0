import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { isPassing } from "./call-route";

export type First<Data> =
  | { status: "loading" }
  | { status: "error"; error: unknown; retry: () => void }
  | { status: "ready"; first: Data };

const TRIES = 3;

/** Loads a page's first data once. Afterwards the page keeps it up to date itself. */
export function useFirst<Data>(of: string, load: () => Promise<Data>): First<Data> {
  const id = useId();
  const query = useQuery({
    queryKey: ["first", id, of],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: (failures, error) => failures < TRIES - 1 && isPassing(error),
  });
  if (query.data !== undefined) return { status: "ready", first: query.data };
  if (query.error !== null && !query.isFetching)
    return { status: "error", error: query.error, retry: () => void query.refetch() };
  return { status: "loading" };
}
