"use client";

import { CheckIcon, CopyIcon, XIcon } from "lucide-react";
import * as React from "react";
import { Button, type ButtonProps } from "./button";

export type CopyButtonProps = Omit<ButtonProps, "onClick" | "children" | "asChild" | "value"> & {
  value: string;
  label?: string;
  copiedLabel?: string;
  failedLabel?: string;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
};

const shownForMs = 2_000;

/** Copies `value`, and says whether it worked: to the eye by its icon, to a screen reader in words. */
export function CopyButton({
  value,
  label = "Copy",
  copiedLabel = "Copied",
  failedLabel = "Could not copy",
  showLabel = false,
  variant = "ghost",
  size = showLabel ? "sm" : "icon-sm",
  ...props
}: CopyButtonProps) {
  const [outcome, setOutcome] = React.useState<"idle" | "copied" | "failed">("idle");
  const timer = React.useRef<ReturnType<typeof setTimeout>>(undefined);
  React.useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    // The clipboard is missing on plain http, and may be refused: both are shown, neither throws.
    const isCopied = await writeToClipboard(value);
    setOutcome(isCopied ? "copied" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome("idle"), shownForMs);
  }

  const text = outcome === "copied" ? copiedLabel : outcome === "failed" ? failedLabel : label;
  return (
    <>
      <Button
        type="button"
        variant={variant}
        size={size}
        aria-label={showLabel ? undefined : label}
        title={showLabel ? undefined : text}
        {...props}
        onClick={copy}
      >
        {outcome === "copied" ? (
          <CheckIcon className="text-success" />
        ) : outcome === "failed" ? (
          <XIcon className="text-destructive" />
        ) : (
          <CopyIcon />
        )}
        {showLabel && text}
      </Button>
      <span aria-live="polite" className="sr-only">
        {outcome === "idle" ? "" : text}
      </span>
    </>
  );
}

async function writeToClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}
