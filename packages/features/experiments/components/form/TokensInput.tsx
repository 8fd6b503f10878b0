"use client";

import { useLocale } from "@calcom/lib/i18n";
import { cn, useFieldControl } from "@calcom/ui";
import { XIcon } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useState } from "react";

interface TokensInputProps {
  /** Its name, where it stands in no `Field` of its own. */
  label?: string;
  value: string[];
  onChange: (tokens: string[]) => void;
  placeholder?: string;
  inputMode?: "numeric" | "text";
  disabled?: boolean;
}

/** Several short words: Enter, a comma, a space or leaving the field adds one; Backspace in the empty field takes the last. */
export function TokensInput({
  label,
  value,
  onChange,
  placeholder,
  inputMode = "text",
  disabled,
}: TokensInputProps) {
  const { t } = useLocale();
  const [text, setText] = useState("");
  const field = useFieldControl({});

  function add(typed: string) {
    const tokens = typed.split(/[\s,;]+/).filter((token) => token !== "");
    if (tokens.length > 0) onChange([...new Set([...value, ...tokens])]);
    setText("");
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const isAdding = event.key === "Enter" || event.key === "," || event.key === ";" || event.key === " ";
    if (isAdding && !event.nativeEvent.isComposing) {
      // Enter in the empty field submits the form, as in any other.
      if (event.key === "Enter" && text.trim() === "") return;
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "" && value.length > 0) {
      onChange(value.slice(0, -1));
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData("text");
    if (!/[\s,;]/.test(pasted.trim())) return;
    event.preventDefault();
    add(`${text}${pasted}`);
  }

  return (
    <div
      className={cn(
        "flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-input bg-background p-1",
        "focus-within:border-ring focus-within:outline-2 focus-within:outline-ring focus-within:-outline-offset-1",
        field["aria-invalid"] && "border-destructive",
        disabled && "bg-muted opacity-60",
      )}
    >
      {value.map((token) => (
        <span
          key={token}
          className="inline-flex h-5.5 items-center gap-0.5 rounded-sm bg-secondary pl-1.5 font-mono text-secondary-foreground text-xs"
        >
          <span className="wrap-anywhere">{token}</span>
          <button
            type="button"
            disabled={disabled}
            className="flex size-5 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground"
            aria-label={t("remove_named", { name: token })}
            onClick={() => onChange(value.filter((other) => other !== token))}
          >
            <XIcon className="size-3" />
          </button>
        </span>
      ))}
      <input
        {...(label === undefined ? field : { "aria-label": label })}
        className="h-5.5 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none placeholder:text-muted-foreground disabled:cursor-not-allowed pointer-coarse:text-base"
        inputMode={inputMode}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        placeholder={value.length === 0 ? placeholder : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => add(text)}
      />
    </div>
  );
}
