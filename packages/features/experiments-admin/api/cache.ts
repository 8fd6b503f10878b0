import type { Mutation, Query } from "@calcom/features/experiments/server";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { keyOf, recordPath } from "./paths-of-calls";

interface Cached<Input, Output> {
  setData(input: Input, data: Output | ((before: Output | undefined) => Output | undefined)): void;
  /** The same of an answer in pages. */
  setPages(
    input: Omit<NonNullable<Input>, "cursor">,
    change: (before: InfiniteData<Output, unknown> | undefined) => InfiniteData<Output, unknown> | undefined,
  ): void;
  /** Without an input: whatever was asked for. */
  invalidate(input?: Input, options?: { refetchType: "none" }): Promise<void>;
  /** Drops what is on its way. */
  cancel(): Promise<void>;
}

/** What was remembered of answers, by the names of what was asked. */
export type CacheOf<Tree> = { invalidate(): Promise<void> } & {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? Cached<Input, Output>
    : Tree[Name] extends Mutation<infer _, unknown>
      ? never
      : CacheOf<Tree[Name]>;
};

export function cacheOf<Tree>(queries: QueryClient, cacheKey: readonly string[]): CacheOf<Tree> {
  return recordPath(({ path, method, args: [input, further] }) => {
    if (method === "setData")
      return queries.setQueryData(keyOf(cacheKey, path, { input, type: "query" }), further);
    if (method === "setPages")
      return queries.setQueryData(keyOf(cacheKey, path, { input, type: "infinite" }), further);
    if (method === "cancel") return queries.cancelQueries({ queryKey: keyOf(cacheKey, path, {}) });
    return queries.invalidateQueries({
      queryKey: keyOf(cacheKey, path, { input }),
      ...(further as { refetchType: "none" } | undefined),
    });
  }) as CacheOf<Tree>;
}
