"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  Button,
  Field,
  Input,
} from "@calcom/ui";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Keyed } from "./shared/Keyed";
import { keyed } from "./shared/keys";
import { RefusalAlert } from "./shared/RefusalAlert";

export interface ConfirmDeletionProps {
  isOpen?: boolean;
  onClose: () => void;
  title: string;
  /** What is lost. */
  children: ReactNode;
  /** What the button does, in the words of what opened the dialog. */
  action: string;
  /** What has to be typed; null where one click is enough. */
  typed?: string | null;
  onConfirm: () => void | Promise<void>;
  isRunning?: boolean;
  refusal?: { message: string; changed?: string | undefined } | null;
}

/**
 * The one question before something is deleted for good. What can be put back is not asked about: it goes at once, and
 * the message says "Undo". What cannot is asked about here, and what is lost is named. Its key has to be typed only
 * where people who use the product lose something by it: recorded data, an override, or a feature that is on.
 */
export function ConfirmDeletion({ isOpen = true, ...question }: ConfirmDeletionProps) {
  return (
    <AlertDialog open={isOpen} onOpenChange={(next) => !next && question.onClose()}>
      <AlertDialogContent>
        <Question {...question} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

function Question(props: Omit<ConfirmDeletionProps, "isOpen">) {
  const { title, children, action, typed = null, onConfirm, isRunning = false, refusal = null } = props;
  const { t } = useLocale();
  const id = useId();
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed !== null && text !== typed) return setMissing(true);
    void onConfirm();
  }

  return (
    <form onSubmit={submit} className="contents" noValidate>
      <AlertDialogHeader>
        <AlertDialogTitle>{title}</AlertDialogTitle>
        <AlertDialogDescription>{children}</AlertDialogDescription>
      </AlertDialogHeader>
      {typed !== null && (
        <Field
          label={
            <span className="wrap-anywhere">
              <Keyed>{keyed(t)("delete_type_key", { key: typed })}</Keyed>
            </span>
          }
          htmlFor={`${id}-key`}
          error={isMissing ? t("delete_key_does_not_match", { key: typed }) : undefined}
        >
          <Input
            id={`${id}-key`}
            className="font-mono text-dense"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setMissing(false);
            }}
          />
        </Field>
      )}
      {refusal !== null && <RefusalAlert refusal={refusal} />}
      <AlertDialogFooter>
        <AlertDialogCancel disabled={isRunning}>{t("cancel")}</AlertDialogCancel>
        {/* Somebody changed what the dialog speaks of: nothing can come of it any more. */}
        <Button
          type="submit"
          variant="destructive"
          loading={isRunning}
          disabled={refusal?.changed !== undefined}
        >
          {action}
        </Button>
      </AlertDialogFooter>
    </form>
  );
}
