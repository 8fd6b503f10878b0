"use client";

import { MonitorIcon, MoonIcon, SunIcon } from "lucide-react";
import { useTheme } from "next-themes";
import { Button, type ButtonProps } from "./button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "./dropdown-menu";

export type ThemeToggleProps = Omit<ButtonProps, "children" | "asChild"> & {
  label?: string;
  lightLabel?: string;
  darkLabel?: string;
  systemLabel?: string;
};

/** Light, dark, or as the system. Must stand under next-themes' provider with `attribute="class"`. */
export function ThemeToggle({
  label = "Theme",
  lightLabel = "Light",
  darkLabel = "Dark",
  systemLabel = "System",
  variant = "ghost",
  size = "icon",
  ...props
}: ThemeToggleProps) {
  const { theme = "system", setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant={variant} size={size} aria-label={label} {...props}>
          {/* By class, not by state: the server does not know the theme, and the two must agree. */}
          <SunIcon className="dark:hidden" />
          <MoonIcon className="hidden dark:block" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">
            <SunIcon />
            {lightLabel}
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <MoonIcon />
            {darkLabel}
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">
            <MonitorIcon />
            {systemLabel}
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
