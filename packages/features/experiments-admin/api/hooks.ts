import type { AdminProcedures, Mutation, Query } from "@calcom/features/experiments/server";
import type { FlagProcedures } from "@calcom/features/flags/server";
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
import { type CacheOf, cacheOf } from "./cache";
import type { ClientOf } from "./client";
import { type AdminHost, flagsOf, useAdminHost } from "./host";
import { callAt, keyOf, recordPath } from "./paths-of-calls";

type QueryOptions<Output> = Omit<UseQueryOptions<Output, Error>, "queryKey" | "queryFn">;
type PageOptions<Output, Cursor> = Omit<
  UseInfiniteQueryOptions<Output, Error, InfiniteData<Output, Cursor>, QueryKey, Cursor>,
  "queryKey" | "queryFn" | "initialPageParam"
>;
/** By what a page is asked for; null for the first one. */
type CursorOf<Input> =
  NonNullable<Input> extends { cursor?: infer Cursor } ? Exclude<Cursor, undefined> : null;

interface QueryHooks<Input, Output> {
  useQuery(
    input: Input,
    options: QueryOptions<Output> & { initialData: Output },
  ): DefinedUseQueryResult<Output, Error>;
  useQuery(input: Input, options?: QueryOptions<Output>): UseQueryResult<Output, Error>;
  useInfiniteQuery(
    input: Omit<NonNullable<Input>, "cursor">,
    options: PageOptions<Output, CursorOf<Input>>,
  ): UseInfiniteQueryResult<InfiniteData<Output, CursorOf<Input>>, Error>;
}

interface MutationHooks<Input, Output> {
  useMutation<Context = unknown>(
    options?: UseMutationOptions<Output, Error, Input, Context>,
  ): UseMutationResult<Output, Error, Input, Context>;
}

type HooksOf<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends Query<infer Input, infer Output>
    ? QueryHooks<Input, Output>
    : Tree[Name] extends Mutation<infer Input, infer Output>
      ? MutationHooks<Input, Output>
      : HooksOf<Tree[Name]>;
};

/** What is asked for the calls, and the prefix of their keys in the query cache. */
interface Asked {
  client: unknown;
  cacheKey: readonly string[];
}

interface Api<Tree> {
  /** Hooks for each procedure, under its name: `adminApi.audience.teams.useQuery(…)`. */
  api: HooksOf<Tree>;
  /** The calls themselves, and what was remembered of their answers. */
  useUtils(): { client: ClientOf<Tree>; cache: CacheOf<Tree> };
}

function createApi<Tree>(read: (host: AdminHost) => Asked): Api<Tree> {
  const useAsked = () => read(useAdminHost());
  const asked = {
    useQuery(path: string[], input: unknown, options: object = {}) {
      const { client, cacheKey } = useAsked();
      const queryFn = () => callAt(client, path, "query", input);
      return useQuery({ ...options, queryKey: keyOf(cacheKey, path, { input, type: "query" }), queryFn });
    },
    useInfiniteQuery(path: string[], input: object, options: PageOptions<unknown, unknown>) {
      const { client, cacheKey } = useAsked();
      return useInfiniteQuery({
        ...options,
        queryKey: keyOf(cacheKey, path, { input, type: "infinite" }),
        queryFn: ({ pageParam }) => callAt(client, path, "query", { ...input, cursor: pageParam }),
        initialPageParam: null,
      });
    },
    useMutation(path: string[], options: object = {}) {
      const { client } = useAsked();
      return useMutation({
        ...options,
        mutationFn: (input: unknown) => callAt(client, path, "mutate", input),
      });
    },
  };
  return {
    api: recordPath(({ path, method, args: [first, options] }) => {
      // The method stands in the code of the caller: it is the same at each rendering.
      const ask = Object.hasOwn(asked, method) ? asked[method as keyof typeof asked] : undefined;
      if (ask === undefined) throw new Error(`There is no ${method}.`);
      return ask(path, first as never, options as never);
    }) as HooksOf<Tree>,
    useUtils() {
      const { client, cacheKey } = useAsked();
      return { client: client as ClientOf<Tree>, cache: cacheOf<Tree>(useQueryClient(), cacheKey) };
    },
  };
}

export const { api: adminApi, useUtils: useAdminUtils } = createApi<AdminProcedures>((host) => host);
export const { api: flagsApi, useUtils: useFlagUtils } = createApi<FlagProcedures>(flagsOf);
