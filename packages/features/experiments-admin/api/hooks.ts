import type { AdminProcedures, Mutation, Query } from "@calcom/features/experiments/server";
import {
  type DefinedUseQueryResult,
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  type UseInfiniteQueryResult,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { AdminClient } from "./client";
import { useAdminHost } from "./host";
import { callAt, keyOf, recordPath } from "./paths-of-calls";

type QueryOptions<Output> = Omit<UseQueryOptions<Output, Error>, "queryKey" | "queryFn">;
type PageOptions<Output> = Omit<
  UseInfiniteQueryOptions<Output, Error, InfiniteData<Output, Cursor>, QueryKey, Cursor>,
  "queryKey" | "queryFn" | "initialPageParam"
>;
type Cursor = string | null;

interface QueryHooks<Input, Output> {
  useQuery(
    input: Input,
    options: QueryOptions<Output> & { initialData: Output },
  ): DefinedUseQueryResult<Output, Error>;
  useQuery(input: Input, options?: QueryOptions<Output>): UseQueryResult<Output, Error>;
  useInfiniteQuery(
    input: Omit<NonNullable<Input>, "cursor">,
    options: PageOptions<Output>,
  ): UseInfiniteQueryResult<InfiniteData<Output, Cursor>, Error>;
}

interface MutationHooks<Input, Output> {
  useMutation(options?: UseMutationOptions<Output, Error, Input>): UseMutationResult<Output, Error, Input>;
}

type HooksOf<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? QueryHooks<Input, Output>
    : Tree[Name] extends Mutation<infer Input, infer Output>
      ? MutationHooks<Input, Output>
      : HooksOf<Tree[Name]>;
};

interface Cached<Input, Output> {
  setData(input: Input, data: Output): void;
  /** Without an input: whatever was asked for. */
  invalidate(input?: Input): Promise<void>;
}

type CacheOf<Tree> = { invalidate(): Promise<void> } & {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? Cached<Input, Output>
    : Tree[Name] extends Mutation<infer _, unknown>
      ? never
      : CacheOf<Tree[Name]>;
};

/** Hooks for each procedure, under its name: `adminApi.audience.teams.useQuery(…)`. */
export const adminApi = recordPath(({ path, method, args: [first, options] }) => {
  // The method stands in the code of the caller: it is the same at each rendering.
  const ask = Object.hasOwn(asked, method) ? asked[method as keyof typeof asked] : undefined;
  if (ask === undefined) throw new Error(`There is no ${method}.`);
  return ask(path, first as never, options as never);
}) as HooksOf<AdminProcedures>;

function useAdminQuery(path: string[], input: unknown, options: object = {}) {
  const { client, cacheKey } = useAdminHost();
  const queryFn = () => callAt(client, path, "query", input);
  return useQuery({ ...options, queryKey: keyOf(cacheKey, path, { input, type: "query" }), queryFn });
}

function useAdminPages(path: string[], input: object, options: PageOptions<unknown>) {
  const { client, cacheKey } = useAdminHost();
  return useInfiniteQuery({
    ...options,
    queryKey: keyOf(cacheKey, path, { input, type: "infinite" }),
    queryFn: ({ pageParam }) => callAt(client, path, "query", { ...input, cursor: pageParam }),
    initialPageParam: null,
  });
}

function useAdminMutation(path: string[], options: object = {}) {
  const { client } = useAdminHost();
  return useMutation({ ...options, mutationFn: (input: unknown) => callAt(client, path, "mutate", input) });
}

const asked = {
  useQuery: useAdminQuery,
  useInfiniteQuery: useAdminPages,
  useMutation: useAdminMutation,
};

/** The calls themselves, and what was remembered of their answers. */
export function useAdminUtils(): { client: AdminClient; cache: CacheOf<AdminProcedures> } {
  const { client, cacheKey } = useAdminHost();
  const queries = useQueryClient();
  const cache = recordPath(({ path, method, args }) => {
    const [input, data] = args;
    if (method === "setData")
      return queries.setQueryData(keyOf(cacheKey, path, { input, type: "query" }), data);
    return queries.invalidateQueries({ queryKey: keyOf(cacheKey, path, { input }) });
  }) as CacheOf<AdminProcedures>;
  return { client, cache };
}
