"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  SegmentedControl,
  Sheet,
  SheetBody,
  SheetContent,
  SheetDescription,
  SheetHeader,
  SheetTitle,
} from "@calcom/ui";
import type { FlagSummary } from "../types";
import { SubjectFilters } from "./assign/SubjectFilters";
import { SubjectList } from "./assign/SubjectList";
import type { SubjectListProps } from "./assign/subject-list";
import { stateText } from "./flag-words";

export type { SubjectListQuery, SubjectListState } from "./assign/subject-list";
export { overrideKey } from "./flag-words";

export interface AssignFeatureSheetProps extends SubjectListProps {
  flag: Pick<FlagSummary, "slug" | "type" | "enabled" | "rollout">;
  isOpen: boolean;
  onClose: () => void;
}

/** Who differs from everybody else: each user and team inherits, has the flag, or is kept from it. */
export function AssignFeatureSheet({ flag, isOpen, onClose, ...list }: AssignFeatureSheetProps) {
  const { t } = useLocale();
  return (
    <Sheet open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <SheetContent closeLabel={t("close")} className="sm:max-w-xl">
        <AssignmentPanel flag={flag} {...list} />
      </SheetContent>
    </Sheet>
  );
}

type AssignmentPanelProps = Omit<AssignFeatureSheetProps, "isOpen" | "onClose">;

function AssignmentPanel({
  flag,
  query,
  onQueryChange,
  state,
  onOverrideChange,
  hrefOf,
}: AssignmentPanelProps) {
  const { t, locale } = useLocale();
  return (
    <>
      <SheetHeader>
        <SheetTitle className="wrap-anywhere">{t("flag_assign_title", { slug: flag.slug })}</SheetTitle>
        <SheetDescription>
          {t(onOverrideChange === null ? "flag_assign_read_only" : "flag_assign_description", {
            state: stateText(flag, t, locale),
          })}
        </SheetDescription>
      </SheetHeader>
      <div className="grid gap-3 border-b px-5 py-3">
        <SegmentedControl
          aria-label={t("flag_assign_to")}
          value={query.kind}
          onValueChange={(kind) => onQueryChange({ kind })}
          options={[
            { value: "user", label: t("flag_users") },
            { value: "team", label: t("flag_teams") },
          ]}
        />
        <SubjectFilters query={query} onQueryChange={onQueryChange} />
      </div>
      <SheetBody className="py-0">
        <SubjectList
          type={flag.type}
          query={query}
          onQueryChange={onQueryChange}
          state={state}
          onOverrideChange={onOverrideChange}
          hrefOf={hrefOf}
        />
      </SheetBody>
    </>
  );
}
