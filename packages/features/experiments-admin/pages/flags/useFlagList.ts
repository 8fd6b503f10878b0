"use client";

import type { FlagInput, FlagListQuery, FlagPage, FlagSummary, Rollout } from "@calcom/features/flags";
import type { FlagRefusal } from "@calcom/features/flags/components/CreateFlagDialog";
import type { FlagListState } from "@calcom/features/flags/components/FlagAdminList";
import { rolloutText, stateText } from "@calcom/features/flags/components/RolloutDialog";
import { useLocale } from "@calcom/lib/i18n";
import { toast, withUndo } from "@calcom/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";
import { isRefused } from "../../api/failure";
import { flagsApi, useFlagUtils } from "../../api/hooks";
import { commandRefusal } from "../api-refusal";
import { tellRefused } from "../tell-refused";
import { readFlagQuery, writeFlagQuery } from "./flag-query";

// One after the other, in the order of the clicks: two writes under way at once could arrive in the other order.
const scope = { id: "flags" };

/** The list and what can be done to it. A switch moves at once, and back if the server refuses. */
export function useFlagList(first: FlagPage, firstQuery: FlagListQuery) {
  const { t, locale } = useLocale();
  const query = readFlagQuery(useSearchParams());
  const [readAt] = useState(() => Date.now());
  const isFirst = writeFlagQuery(query) === writeFlagQuery(firstQuery);
  const { list } = useFlagUtils().cache;
  const shown = flagsApi.list.useQuery(query, {
    placeholderData: keepPreviousData,
    ...(isFirst && { initialData: first, initialDataUpdatedAt: readAt }),
  });

  const changeQuery = useCallback((change: Partial<FlagListQuery>) => {
    // Not by the router: the page needs no new rendering by the server, only another answer of the API.
    const next = { ...readFlagQuery(new URLSearchParams(window.location.search)), ...change };
    window.history.replaceState(null, "", `${window.location.pathname}${writeFlagQuery(next)}`);
  }, []);

  async function patch(slug: string, change: (flag: FlagSummary) => FlagSummary) {
    await list.cancel();
    list.setData(
      query,
      (page) =>
        page && {
          ...page,
          items: page.items.map((flag) => (flag.slug === slug ? change(flag) : flag)),
        },
    );
  }

  const flagOf = (slug: string) => shown.data?.items.find((flag) => flag.slug === slug);

  function doneText(slug: string, enabled: boolean): string {
    if (!enabled) return t("flag_turned_off", { slug });
    const flag = flagOf(slug);
    if (flag === undefined) return t("flag_switched", { slug, state: t("on") });
    if (flag.experiment !== null) return t("flag_turned_back_on", { slug });
    return t("flag_switched", { slug, state: stateText({ ...flag, enabled }, t, locale) });
  }

  function sayDone(slug: string, message: string, undo: () => void) {
    toast.success(message, { id: `flag-${slug}`, ...withUndo(t("undo"), undo) });
  }

  function sayRefused(slug: string, error: unknown) {
    tellRefused(commandRefusal(error, t), t, { id: `flag-${slug}` });
  }

  const setEnabled = flagsApi.setEnabled.useMutation({
    scope,
    onMutate: async ({ slug, enabled }) => {
      const planned = flagOf(slug)?.schedule.planned ?? 0;
      await patch(slug, (flag) => switched(flag, enabled));
      return { planned };
    },
    onSuccess: (_nothing, { slug, enabled }, { planned }) => {
      const undo = () => setEnabled.mutate({ slug, enabled: !enabled });
      const done = doneText(slug, enabled);
      sayDone(slug, planned === 0 ? done : `${done}. ${t("flag_switch_dropped", { count: planned })}`, undo);
    },
    onError: async (error, { slug, enabled }) => {
      await patch(slug, (flag) => switched(flag, !enabled));
      sayRefused(slug, error);
    },
    onSettled: () => list.invalidate(),
  });

  const setStale = flagsApi.setStale.useMutation({
    scope,
    onMutate: ({ slug, stale }) => patch(slug, (flag) => ({ ...flag, stale })),
    onSuccess: (_nothing, { slug, stale }) =>
      sayDone(slug, t(stale ? "flag_marked_stale" : "flag_unmarked_stale", { slug }), () =>
        setStale.mutate({ slug, stale: !stale }),
      ),
    onError: async (error, { slug, stale }) => {
      await patch(slug, (flag) => ({ ...flag, stale: !stale }));
      sayRefused(slug, error);
    },
    onSettled: () => list.invalidate(),
  });

  const setRollout = flagsApi.setRollout.useMutation({
    scope,
    onSettled: () => list.invalidate(),
  });

  async function rollOut(flag: FlagSummary, rollout: Rollout | null): Promise<FlagRefusal | null> {
    const { slug } = flag;
    try {
      await setRollout.mutateAsync({ slug, rollout, before: flag.rollout });
    } catch (error) {
      const { message, changed } = commandRefusal(error, t);
      return { message, field: null, changed };
    }
    const message =
      rollout === null
        ? t("flag_rollout_removed", { slug })
        : t("flag_rollout_set", { slug, whom: rolloutText(rollout, t, locale) });
    sayDone(slug, message, () => {
      void rollOut({ ...flag, rollout }, flag.rollout).then(
        (refusal) => refusal && tellRefused(refusal, t, { id: `flag-${slug}` }),
      );
    });
    return null;
  }

  const create = flagsApi.create.useMutation({ scope, onSettled: () => list.invalidate() });
  const remove = flagsApi.delete.useMutation({ scope, onSettled: () => list.invalidate() });

  /** None while a change of ours is on its way: it makes a version that the list does not show yet. */
  function versionOf({ version }: FlagSummary): { version?: number } {
    const isChanging = [setEnabled, setStale, setRollout].some(({ isPending }) => isPending);
    return isChanging ? {} : { version };
  }

  function toState(): FlagListState {
    // Whoever is no administrator any more sees the list no longer; a lost connection leaves it where it is.
    if (shown.data !== undefined && !isRefused(shown.error))
      return { status: "ready", ...shown.data, isOutdated: shown.isPlaceholderData };
    if (shown.isFetching || shown.error === null) return { status: "loading" };
    const onRetry = () => void shown.refetch();
    return { status: "error", message: commandRefusal(shown.error, t).message, onRetry };
  }

  return {
    state: toState(),
    /** As the server has said last. */
    abilities: (shown.data ?? first).abilities,
    query,
    changeQuery,
    setEnabled: (flag: FlagSummary, enabled: boolean) =>
      setEnabled.mutate({ slug: flag.slug, enabled, ...versionOf(flag) }),
    rollOut,
    setStale: (flag: FlagSummary, stale: boolean) =>
      setStale.mutate({ slug: flag.slug, stale, ...versionOf(flag) }),

    async create(input: FlagInput): Promise<FlagRefusal | null> {
      try {
        await create.mutateAsync(input);
        toast.success(t("flag_created", { slug: input.slug }));
        return null;
      } catch (error) {
        const { message, field = null } = commandRefusal(error, t);
        return { message, field };
      }
    },

    async remove({ slug }: FlagSummary): Promise<string | null> {
      try {
        const { overrides } = await remove.mutateAsync({ slug });
        const formatted = new Intl.NumberFormat(locale).format(overrides);
        toast.success(
          overrides === 0
            ? t("flag_deleted", { slug })
            : t("flag_deleted_overrides", { slug, count: overrides, formatted }),
        );
        return null;
      } catch (error) {
        return commandRefusal(error, t).message;
      }
    },
  };
}

/** What was a flag has its switch with its experiment, whose `enabled` says whether it runs. */
function switched(flag: FlagSummary, isOn: boolean): FlagSummary {
  const { experiment } = flag;
  if (!experiment?.flag) return { ...flag, enabled: isOn };
  return { ...flag, experiment: { ...experiment, flag: { ...experiment.flag, isOn } } };
}
