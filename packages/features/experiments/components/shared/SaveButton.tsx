"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, type ButtonProps, cn } from "@calcom/ui";
import { CHANGED_ALERT } from "./ChangedAlert";

interface SaveButtonProps extends Pick<ButtonProps, "children" | "loading" | "disabled"> {
  /** Somebody else saved meanwhile, and what becomes of my changes is not chosen yet: that is the one thing to do. */
  isUndecided: boolean;
}

export function SaveButton({ isUndecided, disabled, ...props }: SaveButtonProps) {
  return (
    <Button
      type="submit"
      variant={isUndecided ? "outline" : "default"}
      disabled={disabled || isUndecided}
      aria-describedby={isUndecided ? CHANGED_ALERT : undefined}
      {...props}
    />
  );
}

/** Stands beside the button. While that waits for a choice, it says so, and leads there. */
export function UnsavedNote({ isUndecided, className }: { isUndecided: boolean; className?: string }) {
  const { t } = useLocale();
  const classes = cn("text-dense text-muted-foreground", className);
  if (!isUndecided) return <p className={classes}>{t("unsaved_changes")}</p>;
  return (
    <p className={classes}>
      <a href={`#${CHANGED_ALERT}`} className="text-primary underline underline-offset-4">
        {t("form_undecided")}
      </a>
    </p>
  );
}
