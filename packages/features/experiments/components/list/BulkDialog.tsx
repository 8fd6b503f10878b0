"use client";

import { useLocale } from "@calcom/lib/i18n";
import { say } from "@calcom/lib/sentence";
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  Field,
  Input,
} from "@calcom/ui";
import { type FormEvent, useId, useState } from "react";
import type { ExperimentSummary } from "../../types/admin";
import type { BulkAnswer, BulkChange } from "../../types/bulk";
import { useFormat } from "../shared/useFormat";

type BulkKind = BulkChange["kind"];
/** The outcome for each experiment, or why none was tried. */
export type RunBulk = (
  experiments: ExperimentSummary[],
  change: BulkChange,
) => Promise<BulkAnswer[] | { message: string }>;

interface BulkDialogProps {
  kind: BulkKind;
  chosen: ExperimentSummary[];
  tags: string[];
  onRun: RunBulk;
  /** With the slugs of those that were changed. */
  onClose: (done: string[]) => void;
}

/** Says how many, and what comes of it; then what became of each that was refused. */
export function BulkDialog({ kind, chosen: shown, tags, onRun, onClose }: BulkDialogProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const id = useId();
  // What is asked about stays the same, whatever the list behind it shows meanwhile.
  const [chosen] = useState(shown);
  const [tag, setTag] = useState("");
  const [isRunning, setRunning] = useState(false);
  const [answer, setAnswer] = useState<BulkAnswer[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const number = { count: chosen.length, formatted: count(chosen.length) };
  const refused = answer?.filter(({ refusal }) => refusal !== null) ?? [];
  const done = answer?.flatMap(({ slug, refusal }) => (refusal === null ? slug : [])) ?? [];

  async function submit(event: FormEvent) {
    event.preventDefault();
    setRunning(true);
    setFailure(null);
    const answered = await onRun(chosen, kind === "tag" ? { kind, tag: tag.trim() } : { kind });
    setRunning(false);
    if (!Array.isArray(answered)) setFailure(answered.message);
    else if (answered.every(({ refusal }) => refusal === null)) onClose(answered.map(({ slug }) => slug));
    else setAnswer(answered);
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !isRunning && onClose(done)}>
      <DialogContent closeLabel={t("close")}>
        <form onSubmit={submit} className="contents" noValidate>
          <DialogHeader>
            <DialogTitle>{t(titleKeys[kind], number)}</DialogTitle>
            <DialogDescription>{t(sentenceKeys[kind])}</DialogDescription>
          </DialogHeader>
          {answer === null ? (
            kind === "tag" && (
              <Field htmlFor={id} label={t("experiment_tag")} required>
                <Input
                  id={id}
                  list={`${id}-known`}
                  value={tag}
                  maxLength={30}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  onChange={(event) => setTag(event.target.value)}
                />
                <datalist id={`${id}-known`}>
                  {tags.map((known) => (
                    <option key={known} value={known} />
                  ))}
                </datalist>
              </Field>
            )
          ) : (
            <Refused answers={refused} chosen={chosen} done={done.length} />
          )}
          {failure !== null && <Alert tone="destructive" title={failure} />}
          <DialogFooter>
            {answer === null ? (
              <>
                <Button type="button" variant="outline" disabled={isRunning} onClick={() => onClose([])}>
                  {t("cancel")}
                </Button>
                <Button type="submit" loading={isRunning} disabled={kind === "tag" && tag.trim() === ""}>
                  {t(doKeys[kind], number)}
                </Button>
              </>
            ) : (
              <Button type="button" onClick={() => onClose(done)}>
                {t("close")}
              </Button>
            )}
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface RefusedProps {
  answers: BulkAnswer[];
  chosen: ExperimentSummary[];
  done: number;
}

function Refused({ answers, chosen, done }: RefusedProps) {
  const { t } = useLocale();
  const { count } = useFormat();
  const nameOf = (slug: string) => chosen.find((one) => one.slug === slug)?.name ?? slug;
  const values = { count: answers.length, done: count(done), refused: count(answers.length) };
  return (
    <DialogBody className="flex max-h-80 flex-col gap-3">
      <p role="alert">{t("bulk_refused", values)}</p>
      <ul className="divide-y border-y text-dense">
        {answers.map(({ slug, refusal }) => (
          <li key={slug} className="py-2">
            <p className="wrap-anywhere font-medium">{nameOf(slug)}</p>
            <p className="wrap-anywhere text-muted-foreground">{refusal && say(t, refusal)}</p>
          </li>
        ))}
      </ul>
    </DialogBody>
  );
}

const titleKeys: Record<BulkKind, string> = {
  pause: "bulk_pause_title",
  archive: "bulk_archive_title",
  tag: "bulk_tag_title",
};

const sentenceKeys: Record<BulkKind, string> = {
  pause: "bulk_pause_sentence",
  archive: "bulk_archive_sentence",
  tag: "bulk_tag_sentence",
};

const doKeys: Record<BulkKind, string> = {
  pause: "bulk_pause_now",
  archive: "bulk_archive_now",
  tag: "bulk_tag_now",
};
