"use client";

import { statusText } from "@calcom/features/experiments/components/ExperimentStatus";
import { commandRefusal } from "@calcom/features/experiments-admin/pages/api-refusal";
import { useLocale } from "@calcom/lib/i18n";
import { trpc } from "@calcom/trpc/react";
import type { PaletteGroup } from "@calcom/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { FlagIcon, FlaskConicalIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { experimentPaths } from "../experiments/admin/paths";
import type { PaletteRights } from "./palette-pages";

const MOST_FLAGS = 6;
const MOST_RECENT = 5;

interface Found {
  groups: PaletteGroup[];
  isLoading: boolean;
  /** What could not be found, in a sentence. */
  failure: string | null;
  retry: () => void;
}

/** Experiments and flags by part of their name. Before anything is typed, the experiments that changed last. */
export function useFound(text: string, { isAdministrator }: PaletteRights): Found {
  const { t } = useLocale();
  const router = useRouter();
  const isAsked = text !== "";
  const placeholderData = keepPreviousData;
  const experiments = trpc.viewer.admin.experiments.find.useQuery({ text }, { placeholderData });
  const flags = trpc.viewer.admin.flags.list.useQuery(
    { search: text, page: 1 },
    { enabled: isAsked && isAdministrator, placeholderData },
  );
  const asked = isAsked && isAdministrator ? [experiments, flags] : [experiments];
  const failed = asked.find(({ error }) => error !== null);
  const groups = [
    {
      title: t(isAsked ? "experiments" : "palette_recent"),
      items: (experiments.data ?? [])
        .slice(0, isAsked ? undefined : MOST_RECENT)
        .map(({ slug, name, ...standing }) => ({
          id: `experiment-${slug}`,
          label: name,
          detail: statusText(standing, t),
          code: slug,
          icon: <FlaskConicalIcon />,
          run: () => router.push(experimentPaths.detail(slug)),
        })),
    },
    {
      title: t("nav_flags"),
      items: (isAsked ? (flags.data?.items ?? []) : [])
        .filter(({ experiment }) => experiment === null)
        .slice(0, MOST_FLAGS)
        .map(({ slug }) => ({
          id: `flag-${slug}`,
          label: slug,
          isCode: true,
          icon: <FlagIcon />,
          run: () => router.push(`/settings/admin/flags?search=${encodeURIComponent(slug)}`),
        })),
    },
  ];
  return {
    groups,
    isLoading: asked.some(({ isFetching, isPlaceholderData }) => isFetching && isPlaceholderData),
    failure: failed === undefined ? null : commandRefusal(failed.error, t).message,
    retry: () => {
      for (const query of asked) if (query.error !== null) void query.refetch();
    },
  };
}
