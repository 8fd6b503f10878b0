import { cn } from "@calcom/ui";
import {
  CircleCheckIcon,
  CircleDashedIcon,
  CircleEqualIcon,
  CircleXIcon,
  TriangleAlertIcon,
} from "lucide-react";
import type { VerdictTone } from "./verdict-states";

/** The sign of a verdict, wherever it stands; the words beside it say the same. */
export function VerdictIcon({ tone, className }: { tone: VerdictTone; className?: string }) {
  const Icon = icons[tone];
  return <Icon aria-hidden data-tone={tone} className={cn("shrink-0", colors[tone], className)} />;
}

const icons = {
  good: CircleCheckIcon,
  bad: CircleXIcon,
  doubt: TriangleAlertIcon,
  settled: CircleEqualIcon,
  open: CircleDashedIcon,
} satisfies Record<VerdictTone, typeof CircleCheckIcon>;

const colors: Record<VerdictTone, string> = {
  good: "text-success",
  bad: "text-destructive",
  doubt: "text-warning",
  settled: "text-foreground",
  open: "text-muted-foreground",
};
