"use client";

import type { FlagListQuery, FlagPage, FlagSummary } from "@calcom/features/flags";
import { CreateFlagDialog } from "@calcom/features/flags/components/CreateFlagDialog";
import { DeleteFlagDialog } from "@calcom/features/flags/components/DeleteFlagDialog";
import { FlagAdminList } from "@calcom/features/flags/components/FlagAdminList";
import { RolloutDialog } from "@calcom/features/flags/components/RolloutDialog";
import { useLocale } from "@calcom/lib/i18n";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { useAdminHost, usePaths } from "../../api/host";
import { PageTrail } from "../PageTrail";
import { AssignSheet } from "./AssignSheet";
import { ConfigSheet } from "./ConfigSheet";
import { ConvertDialog } from "./ConvertDialog";
import { asksForNew } from "./flag-query";
import { PlanSchedule } from "./PlanSchedule";
import { useFlagList } from "./useFlagList";

/** What was opened last, and whether it still is: content stays while it leaves the screen. */
interface Opened {
  dialog: "assign" | "rollout" | "schedule" | "configure" | "convert" | "delete";
  flag: FlagSummary;
  /** Each opening begins anew. */
  key: number;
  isOpen: boolean;
}

interface FlagsViewProps {
  /** What the server has read for the address of this request. */
  first: FlagPage;
  firstQuery: FlagListQuery;
}

export function FlagsView({ first, firstQuery }: FlagsViewProps) {
  const { paths, flags: host } = useAdminHost();
  const flags = useFlagList(first, firstQuery);
  const [isCreating, setCreating] = useState(false);
  const isNewAsked = asksForNew(useSearchParams());
  const { changeQuery } = flags;
  useEffect(() => {
    if (!isNewAsked) return;
    setCreating(true);
    // The address no longer asks: a reload opens nothing.
    changeQuery({});
  }, [isNewAsked, changeQuery]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened((current) => current && { ...current, isOpen: false });
  const open = (dialog: Opened["dialog"]) => (flag: FlagSummary) =>
    setOpened((current) => ({ dialog, flag, key: (current?.key ?? 0) + 1, isOpen: true }));

  return (
    <>
      <FlagAdminList
        state={flags.state}
        query={flags.query}
        onQueryChange={flags.changeQuery}
        isMounted={host.isMounted}
        trail={host.isMounted ? <WayBack /> : null}
        experimentHref={paths.detail}
        onEnabledChange={flags.setEnabled}
        onStaleChange={flags.setStale}
        onAssign={open("assign")}
        onRollout={open("rollout")}
        onSchedule={open("schedule")}
        onConfigure={open("configure")}
        onConvert={open("convert")}
        onDelete={open("delete")}
        onCreate={() => setCreating(true)}
      />
      <CreateFlagDialog isOpen={isCreating} onClose={() => setCreating(false)} onCreate={flags.create} />
      {opened?.dialog === "assign" && (
        <AssignSheet
          key={opened.key}
          flag={opened.flag}
          isEditable={flags.abilities.areAssigned}
          isOpen={opened.isOpen}
          onClose={close}
        />
      )}
      {opened?.dialog === "rollout" && (
        <RolloutDialog
          key={opened.key}
          flag={opened.flag}
          isOpen={opened.isOpen}
          onClose={close}
          onRollOut={flags.rollOut}
        />
      )}
      {opened?.dialog === "schedule" && (
        <PlanSchedule
          key={opened.key}
          flag={opened.flag}
          hasShares={flags.abilities.areManaged}
          isOpen={opened.isOpen}
          onClose={close}
        />
      )}
      {opened?.dialog === "configure" && (
        <ConfigSheet key={opened.key} slug={opened.flag.slug} isOpen={opened.isOpen} onClose={close} />
      )}
      {opened?.dialog === "convert" && (
        <ConvertDialog
          key={opened.key}
          slug={opened.flag.slug}
          planned={opened.flag.schedule.planned}
          isOpen={opened.isOpen}
          onClose={close}
        />
      )}
      {opened?.dialog === "delete" && (
        <DeleteFlagDialog
          key={opened.key}
          flag={opened.flag}
          isOpen={opened.isOpen}
          onClose={close}
          onDelete={flags.remove}
        />
      )}
    </>
  );
}

function WayBack() {
  const { t } = useLocale();
  const links = [{ href: usePaths().list, label: t("experiments") }];
  return <PageTrail label={t("breadcrumb")} links={links} current={t("flags")} />;
}
