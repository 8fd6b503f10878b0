"use client";

import {
  type FlagSubjectRow,
  type FlagSummary,
  type Override,
  SUBJECTS_PER_PAGE,
} from "@calcom/features/flags";
import {
  AssignFeatureSheet,
  overrideKey,
  type SubjectListQuery,
  type SubjectListState,
} from "@calcom/features/flags/components/AssignFeatureSheet";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { useCallback, useState } from "react";
import { flagsApi, useFlagUtils } from "../../api/hooks";
import { usePaths } from "../../api/host";
import { commandRefusal } from "../api-refusal";

interface AssignSheetProps {
  flag: FlagSummary;
  /** Whether settings can be changed. */
  isEditable: boolean;
  isOpen: boolean;
  onClose: () => void;
}

export function AssignSheet({ flag, isEditable, isOpen, onClose }: AssignSheetProps) {
  const { t } = useLocale();
  const [query, setQuery] = useState<SubjectListQuery>({ kind: "user", search: "", onlyOverridden: false });
  const changeQuery = useCallback(
    (change: Partial<SubjectListQuery>) => setQuery((current) => ({ ...current, ...change })),
    [],
  );
  const input = { slug: flag.slug, ...query, limit: SUBJECTS_PER_PAGE };
  const { subjects, list } = useFlagUtils().cache;
  const paths = usePaths();
  const pages = flagsApi.subjects.useInfiniteQuery(input, {
    enabled: isOpen,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (previous) => previous,
  });

  function patch({ kind, id }: Pick<FlagSubjectRow, "kind" | "id">, override: Override) {
    const change = (item: FlagSubjectRow) =>
      item.kind === kind && item.id === id ? { ...item, override } : item;
    subjects.setPages(
      input,
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) },
    );
  }

  const assign = flagsApi.assign.useMutation({
    // One after the other: the last click is what stays.
    scope: { id: "flag-assignments" },
    onSettled: () => {
      void list.invalidate();
      // The page in view stays as it is; others (members of a team, say) are asked for anew when they are looked at.
      void subjects.invalidate(undefined, { refetchType: "none" });
    },
  });

  async function changeOverride(subject: FlagSubjectRow, override: Override) {
    const { kind, id, name } = subject;
    // One toast, of the last change: the others are one click away in the list itself.
    const place = { id: `flag-${flag.slug}-assignment`, position: "bottom-left" } as const;
    await subjects.cancel();
    patch(subject, override);
    try {
      await assign.mutateAsync({ slug: flag.slug, kind, id, override });
      const said = t(overrideKey(override, flag.type));
      const done =
        override === "inherit"
          ? t("flag_override_removed", { name })
          : t("flag_override_set", { state: said, name });
      const undo = () => void changeOverride({ ...subject, override }, subject.override);
      toast.success(done, { ...place, ...withUndo(t("undo"), undo) });
    } catch (error) {
      patch(subject, subject.override);
      toast.error(commandRefusal(error, t).message, place);
    }
  }

  function toState(): SubjectListState {
    const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
    if (pages.isError && pages.data === undefined) {
      const onRetry = () => void pages.refetch();
      return { status: "error", message: commandRefusal(pages.error, t).message, onRetry };
    }
    // Teams are no stand-in for users that are still on their way, nor the other way about.
    if (pages.data === undefined || (pages.isPlaceholderData && items[0]?.kind !== query.kind)) {
      return { status: "loading" };
    }
    const more = {
      isLoading: pages.isFetchingNextPage,
      hasFailed: pages.isFetchNextPageError,
      load: () => void pages.fetchNextPage(),
    };
    return {
      status: "ready",
      items,
      isOutdated: pages.isPlaceholderData,
      more: pages.hasNextPage && !pages.isPlaceholderData ? more : null,
    };
  }

  return (
    <AssignFeatureSheet
      flag={flag}
      isOpen={isOpen}
      onClose={onClose}
      query={query}
      onQueryChange={changeQuery}
      state={toState()}
      onOverrideChange={isEditable ? changeOverride : null}
      hrefOf={({ kind, id }) => paths.person({ unit: kind, id })}
    />
  );
}
