"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button } from "@calcom/ui";
import { useEffect, useRef } from "react";
import { useFormat } from "./useFormat";

/** Where a form leads whoever has not chosen yet. */
export const CHANGED_ALERT = "changed-meanwhile";

/** A setting that somebody else changed, as it is now. */
export interface ChangedSetting {
  label: string;
  text: string;
  /** What I made of it, if I changed it too. */
  mine?: string | undefined;
}

export interface ChangedAlertProps {
  /** Who changed what. */
  changed: string;
  /** Empty if nothing of it is in this form. */
  theirs: readonly ChangedSetting[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Somebody saved meanwhile: what they changed, what collides with mine, and the choice. Nothing is merged silently. */
export function ChangedAlert({ changed, theirs, onKeepMine, onTakeTheirs }: ChangedAlertProps) {
  const { t } = useLocale();
  const format = useFormat();
  const overwritten = theirs.filter(({ mine }) => mine !== undefined).map(({ label }) => label);
  const alert = useRef<HTMLDivElement>(null);
  // It stands above the form, and the save button below.
  useEffect(() => alert.current?.focus(), []);

  function choose(settle: () => void) {
    const form = alert.current?.closest("form");
    settle();
    // The buttons of the alert are gone: the next thing to do goes on, which is to save what is left to save.
    requestAnimationFrame(() => {
      const save = form?.querySelector<HTMLElement>("button[type=submit]:enabled");
      (save ?? form?.querySelector<HTMLElement>("input:enabled"))?.focus();
    });
  }

  return (
    <Alert
      id={CHANGED_ALERT}
      tone="warning"
      tabIndex={-1}
      ref={alert}
      title={changed}
      description={t(
        theirs.length === 0 ? "experiment_changed_meanwhile_elsewhere" : "experiment_changed_meanwhile_what",
      )}
    >
      {theirs.length > 0 && (
        <ul className="my-1 grid gap-1.5 text-dense">
          {theirs.map(({ label, text, mine }) => (
            <li key={label} className="wrap-anywhere">
              <span className="font-medium">{label}</span>: {mine === undefined && text}
              {mine !== undefined && (
                <>
                  <span className="block">{t("experiment_current_value", { value: text })}</span>
                  <span className="block">{t("experiment_your_value", { value: mine })}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {theirs.length > 0 && (
        <p className="text-dense">
          {overwritten.length === 0
            ? t("experiment_reapply_keeps")
            : t("experiment_reapply_overwrites", {
                count: overwritten.length,
                settings: format.all(overwritten),
              })}
        </p>
      )}
      <div className="mt-1 flex flex-wrap gap-2">
        <Button type="button" size="sm" onClick={() => choose(onKeepMine)}>
          {t("experiment_keep_my_changes")}
        </Button>
        <Button type="button" size="sm" variant="outline" onClick={() => choose(onTakeTheirs)}>
          {t("experiment_discard_my_changes")}
        </Button>
      </div>
    </Alert>
  );
}
