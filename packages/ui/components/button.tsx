import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type * as React from "react";
import { cn } from "../lib/cn";
import { touchAreaClasses } from "../lib/touch-area";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md",
    "font-medium text-sm transition-colors",
    ...touchAreaClasses,
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-60",
    "[&_svg:not([class*='size-'])]:size-4 [&_svg]:pointer-events-none [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        default: "bg-primary-solid text-primary-solid-foreground hover:bg-primary-solid/90",
        secondary: "bg-secondary text-secondary-foreground hover:bg-secondary/70",
        outline: "border border-input bg-background hover:bg-accent hover:text-accent-foreground",
        ghost: "hover:bg-accent hover:text-accent-foreground aria-expanded:bg-accent",
        destructive: "bg-destructive-solid text-destructive-foreground hover:bg-destructive-solid/90",
        link: "text-primary underline-offset-4 hover:underline",
      },
      size: {
        default: "h-8 px-3 pointer-coarse:h-11",
        sm: "h-7 gap-1 px-2.5 text-dense",
        icon: "size-8",
        "icon-sm": "size-7",
      },
    },
    defaultVariants: { variant: "default", size: "default" },
  },
);

export type ButtonProps = React.ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    asChild?: boolean;
    loading?: boolean;
  };

/**
 * While `loading` it keeps its width, its name and its focus, says aria-busy, and swallows clicks (and with them the
 * implicit submit of a form). `loading` has no effect together with `asChild`.
 */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  loading = false,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root data-slot="button" className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  if (!loading) {
    return (
      <button data-slot="button" className={classes} {...props}>
        {children}
      </button>
    );
  }
  return (
    <button data-slot="button" className={classes} {...props} aria-busy aria-disabled onClick={swallow}>
      <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
      <span className="absolute inset-0 flex items-center justify-center">
        <Spinner />
      </span>
    </button>
  );
}

function swallow(event: React.MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}
