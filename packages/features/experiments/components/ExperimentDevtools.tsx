"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn, Kbd, Popover, PopoverAnchor, PopoverContent, PopoverTrigger } from "@calcom/ui";
import { EyeOffIcon, FlaskConicalIcon, MoveIcon, XIcon } from "lucide-react";
import { type Corner, cornerClasses, nextCorner } from "./devtools/corners";
import { DevtoolsEntry, type DevtoolsExperiment } from "./devtools/DevtoolsEntry";
import { useRoomBelow } from "./devtools/useRoomBelow";

export { CORNERS, type Corner } from "./devtools/corners";
export type { DevtoolsExperiment, ExposureState } from "./devtools/DevtoolsEntry";

export interface ExperimentDevtoolsProps {
  experiments: DevtoolsExperiment[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  corner: Corner;
  onMove: (corner: Corner) => void;
  /** While it is hidden, opening it shows it again. */
  isHidden: boolean;
  onHide: () => void;
  /** Whether something else lies along the lower edge. */
  isRaised: boolean;
  /** Null goes back to the subject's own variant. */
  onChoose: (slug: string, variant: string | null) => void;
  isPending: boolean;
  /** Where it says why a subject, such as `user:12`, sees an experiment. */
  hrefOf?: (subject: string, slug: string) => string;
}

/** A pill in a corner of a page that has experiments, and behind it what the page's experiments decided, for whom, and why. */
export function ExperimentDevtools(props: ExperimentDevtoolsProps) {
  const { experiments, isOpen, onOpenChange, corner, isHidden, isRaised, onChoose, isPending } = props;
  const { t } = useLocale();
  const isBelow = corner.startsWith("bottom");
  // Where there is nothing to look at, the page is left alone; the shortcut still says so.
  const isShown = isOpen || (!isHidden && experiments.length > 0);
  useRoomBelow(isShown && isBelow ? (isRaised ? "7.5rem" : "3.5rem") : null);
  return (
    <Popover modal open={isOpen} onOpenChange={onOpenChange}>
      <PopoverAnchor asChild>
        <div
          data-slot="experiment-devtools"
          className={cn(
            "fixed z-40 print:hidden",
            cornerClasses[corner],
            isRaised && isBelow && "mb-18 sm:mb-14",
          )}
        >
          {isShown && (
            <PopoverTrigger asChild>
              <Button
                variant="outline"
                size="sm"
                className="rounded-full bg-popover shadow-overlay"
                aria-label={t("devtools_open", { count: experiments.length })}
                aria-keyshortcuts="Alt+Shift+E"
              >
                <FlaskConicalIcon />
                <span className="tabular-nums">{experiments.length}</span>
              </Button>
            </PopoverTrigger>
          )}
        </div>
      </PopoverAnchor>
      <PopoverContent
        aria-label={t("devtools_title")}
        align={corner.endsWith("right") ? "end" : "start"}
        side={isBelow ? "top" : "bottom"}
        className="w-90 p-0"
      >
        <header className="sticky top-0 z-10 flex items-center gap-0.5 border-b bg-popover py-1.5 pr-1.5 pl-3">
          <h2 className="min-w-0 flex-1 truncate font-medium text-dense">{t("devtools_title")}</h2>
          <IconButton label={t("devtools_move")} onClick={() => props.onMove(nextCorner(corner))}>
            <MoveIcon />
          </IconButton>
          <IconButton label={t("devtools_hide")} onClick={props.onHide}>
            <EyeOffIcon />
          </IconButton>
          <IconButton label={t("devtools_close")} onClick={() => onOpenChange(false)}>
            <XIcon />
          </IconButton>
        </header>
        {experiments.length === 0 ? (
          <p className="px-3 py-6 text-center text-dense text-muted-foreground">{t("devtools_empty")}</p>
        ) : (
          <ul className="divide-y">
            {experiments.map((experiment) => (
              <DevtoolsEntry
                key={experiment.slug}
                experiment={experiment}
                isPending={isPending}
                hrefOf={props.hrefOf}
                onChoose={(variant) => onChoose(experiment.slug, variant)}
              />
            ))}
          </ul>
        )}
        <footer className="flex items-center gap-1.5 border-t px-3 py-2 text-muted-foreground text-xs">
          <Kbd>Alt</Kbd>
          <Kbd>Shift</Kbd>
          <Kbd>E</Kbd>
          <span>{t("devtools_shortcut")}</span>
        </footer>
      </PopoverContent>
    </Popover>
  );
}

function IconButton({ label, ...props }: { label: string } & React.ComponentProps<typeof Button>) {
  return <Button variant="ghost" size="icon-sm" aria-label={label} title={label} {...props} />;
}
