"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  CopyButton,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  Field,
  SegmentedControl,
} from "@calcom/ui";
import { useId, useState } from "react";
import { REPORT_LINK_DAYS, type ReportLinkDays } from "../types/report-links";
import { type LivePreviewLink, LivePreviewLinks } from "./detail/LivePreviewLinks";
import { useFormat } from "./shared/useFormat";

export interface ReportLinksProps {
  /** What this page has made, with its whole address; null until it has. */
  made: { address: string; expiresAt: Date } | null;
  /** Those that work now. */
  live: LivePreviewLink[];
  /** Why none was made or revoked, in a sentence. */
  failure: string | null;
  onMake: () => void;
  isMaking: boolean;
  onRevoke: (id: string) => void;
  days: ReportLinkDays;
  onDaysChange: (days: ReportLinkDays) => void;
}

/** A button at the head of the report, and behind it the links by which people without an account read it. */
export function ReportLinks(props: ReportLinksProps) {
  const { made, live, failure, onMake, isMaking, onRevoke, days, onDaysChange } = props;
  const { t } = useLocale();
  const { moment } = useFormat();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <Button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("report_share_open")}
      </Button>
      <DialogContent closeLabel={t("close")}>
        <DialogHeader>
          <DialogTitle>{t("report_share")}</DialogTitle>
          <DialogDescription>{t("report_share_text")}</DialogDescription>
        </DialogHeader>
        <DialogBody className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
          <Field label={t("preview_links_lifetime")} htmlFor={`${id}-days`}>
            <SegmentedControl
              id={`${id}-days`}
              className="w-full [&>button]:flex-auto"
              value={String(days)}
              onValueChange={(value) => {
                const chosen = REPORT_LINK_DAYS.find((known) => String(known) === value);
                if (chosen) onDaysChange(chosen);
              }}
              options={REPORT_LINK_DAYS.map((known) => ({
                value: String(known),
                label: t("preview_links_days", { count: known }),
              }))}
            />
          </Field>
          {/* Once there is a link, what is to be done is to copy it. */}
          <Button
            type="button"
            variant={made === null ? "default" : "outline"}
            className="w-fit"
            loading={isMaking}
            onClick={onMake}
          >
            {t("report_share_make")}
          </Button>
          {made !== null && (
            <div className="flex items-center gap-3 rounded-lg border py-1.5 pr-1.5 pl-3">
              <span className="min-w-0 flex-1 truncate font-mono text-xs" title={made.address}>
                {made.address}
              </span>
              <CopyButton
                showLabel
                variant="default"
                value={made.address}
                label={t("preview_links_copy")}
                copiedLabel={t("copied")}
                failedLabel={t("could_not_copy")}
              />
            </div>
          )}
          {/* Always there, so that it is told; apart from the button, which tells by itself that it has copied. */}
          <p role="status" className="text-muted-foreground text-xs empty:hidden">
            {made !== null && t("report_share_once", { moment: moment(made.expiresAt) })}
          </p>
          {failure !== null && (
            <p role="alert" className="text-dense text-destructive">
              {failure}
            </p>
          )}
          <LivePreviewLinks
            links={live}
            question={{ title: t("report_share_revoke_title"), loss: t("report_share_revoke_loss") }}
            onRevoke={onRevoke}
          />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
