"use client";

import { useLocale } from "@calcom/lib/i18n";
import { SplitBar } from "@calcom/ui";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useFormat } from "../shared/useFormat";
import { moveBoundary, sumOfShares } from "./shares";

const PAGE = 10;

interface SplitSliderProps {
  /** In the order of their colours; they add up to 100. */
  variants: readonly { name: string; percentage: number }[];
  disabled: boolean;
  onChange: (shares: number[]) => void;
}

/** The split as a bar whose boundaries are dragged, or moved by the arrow keys, by whole percents. */
export function SplitSlider({ variants, disabled, onChange }: SplitSliderProps) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const bar = useRef<HTMLDivElement>(null);
  const shares = variants.map((variant) => variant.percentage);
  const placeOf = (index: number) => sumOfShares(shares.slice(0, index + 1));

  function move(index: number, to: number) {
    const moved = moveBoundary(shares, index, to);
    if (moved[index] !== shares[index]) onChange(moved);
  }

  function drag(index: number, { clientX, currentTarget, pointerId }: PointerEvent<HTMLElement>) {
    if (!currentTarget.hasPointerCapture(pointerId) || bar.current === null) return;
    const { left, width } = bar.current.getBoundingClientRect();
    if (width > 0) move(index, Math.round(((clientX - left) / width) * 100));
  }

  function press(index: number, event: KeyboardEvent) {
    const to = destination(event, placeOf(index));
    if (to === null) return;
    event.preventDefault();
    move(index, to);
  }

  return (
    <div ref={bar} className="relative flex h-6 items-center">
      <SplitBar label={t("experiment_split")} variants={variants} formatPercentage={percentage} />
      {!disabled &&
        variants.slice(0, -1).map(({ name, percentage: share }, index) => {
          const next = variants[index + 1] ?? { name: "", percentage: 0 };
          return (
            <div
              key={name}
              role="slider"
              tabIndex={0}
              aria-label={t("experiment_split_boundary", { left: name, right: next.name })}
              aria-valuemin={sumOfShares(shares.slice(0, index))}
              aria-valuemax={placeOf(index + 1)}
              aria-valuenow={placeOf(index)}
              aria-valuetext={`${name} ${percentage(share)}, ${next.name} ${percentage(next.percentage)}`}
              className="group absolute flex size-6 -translate-x-1/2 cursor-ew-resize touch-none items-center justify-center rounded-sm"
              style={{ left: `${placeOf(index)}%` }}
              onPointerDown={(event) => {
                if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
              }}
              onPointerMove={(event) => drag(index, event)}
              onKeyDown={(event) => press(index, event)}
            >
              <span
                aria-hidden
                className="h-4 w-1.5 rounded-full border border-muted-foreground bg-background group-hover:border-foreground"
              />
            </div>
          );
        })}
    </div>
  );
}

/** Where a key of a slider leads; past the next boundary nothing goes. */
function destination({ key, shiftKey }: KeyboardEvent, from: number): number | null {
  const step = shiftKey ? PAGE : 1;
  if (key === "ArrowRight" || key === "ArrowUp") return from + step;
  if (key === "ArrowLeft" || key === "ArrowDown") return from - step;
  if (key === "PageUp") return from + PAGE;
  if (key === "PageDown") return from - PAGE;
  if (key === "Home") return 0;
  if (key === "End") return 100;
  return null;
}
