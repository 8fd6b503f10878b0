"use client";

import type { PersonFilter, PersonState } from "@calcom/features/experiments/components/ExperimentPerson";
import { PERSON_PAGE, type PersonKey, type PersonLook } from "@calcom/features/experiments/types";
import { useLocale } from "@calcom/lib/i18n";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";

interface UsePersonOptions {
  person: PersonKey;
  filter: PersonFilter;
  /** What the server has read for `firstFilter`. */
  first: PersonLook;
  firstFilter: PersonFilter;
}

/** Loads what a person sees, page by page. It never asks again for a page that it has: each look is recorded. */
export function usePerson({ person, filter, first, firstFilter }: UsePersonOptions): {
  state: PersonState;
  loadMore: () => void;
} {
  const { t } = useLocale();
  const { client } = useAdminUtils();
  const [readAt] = useState(() => Date.now());
  const { search, show } = filter;
  const isFirst = search === firstFilter.search && show === firstFilter.show;
  const query = useInfiniteQuery({
    queryKey: ["person", person, search, show, readAt],
    queryFn: ({ pageParam }) => client.people.look.mutate({ person, search, show, page: pageParam }),
    initialPageParam: 1,
    getNextPageParam: (last: PersonLook, pages) =>
      pages.length * PERSON_PAGE < last.total ? pages.length + 1 : undefined,
    ...(isFirst && { initialData: { pages: [first], pageParams: [1] } }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const pages = query.data?.pages ?? [];
  const [latest] = pages;
  const refusal = query.error && commandRefusal(query.error, t).message;
  return {
    state:
      latest !== undefined && !(refusal && query.isPlaceholderData)
        ? {
            status: "ready",
            look: { ...latest, entries: pages.flatMap(({ entries }) => entries) },
            hasMore: query.hasNextPage,
            isLoadingMore: query.isFetchingNextPage,
            moreRefusal: refusal,
            isOutdated: query.isPlaceholderData,
          }
        : refusal
          ? { status: "error", message: refusal, onRetry: () => void query.refetch() }
          : { status: "loading" },
    loadMore: () => void query.fetchNextPage(),
  };
}
