"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Input } from "@calcom/ui";
import { type ComponentProps, useState } from "react";
import { fromLocal, oddityOf, toLocal } from "./local-time";
import { useFormat, useIsInBrowser } from "./useFormat";

interface MomentInputProps
  extends Omit<ComponentProps<typeof Input>, "type" | "value" | "onChange" | "className"> {
  className: string;
  /** ISO 8601; null where nothing is chosen. */
  value: string | null;
  onChange: (moment: string | null) => void;
}

/** A date and a time in the viewer's zone. Where the clocks change, it says which moment is meant. */
export function MomentInput({ value, onChange, disabled, className, ...props }: MomentInputProps) {
  const { t } = useLocale();
  const { moment } = useFormat();
  // In the server's HTML nobody knows the viewer's zone yet.
  const isInBrowser = useIsInBrowser();
  // A time that the clocks leave out stays as it was typed: it would change under the fingers.
  const [typed, setTyped] = useState("");
  const isTyped = value !== null && fromLocal(typed) === value;
  const shown = !isInBrowser || value === null ? "" : isTyped ? typed : toLocal(value);
  const oddity = shown === "" || value === null ? null : oddityOf(shown, value);
  return (
    <>
      <Input
        {...props}
        type="datetime-local"
        className={className}
        disabled={disabled || !isInBrowser}
        value={shown}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(fromLocal(event.target.value));
        }}
      />
      <p role="status" className="mt-1.5 text-dense text-warning empty:hidden">
        {oddity !== null &&
          value !== null &&
          t(oddity === "skipped" ? "time_is_skipped" : "time_comes_twice", {
            moment: moment(new Date(value)),
          })}
      </p>
    </>
  );
}
