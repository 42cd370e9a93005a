import type { Tutorial } from "./tutorial.ts";

/** What a list of tutorials shows of one, besides its words. */
export type ShippedTutorial = Pick<Tutorial, "id" | "version" | "course" | "level" | "minutes"> & {
  steps: string[];
  languages: string[];
  encryption: boolean;
};

export type ShippedCourse = { id: string; tutorials: string[] };

/** The words of lists and breadcrumbs in one language. */
export type IndexWords = {
  courses: Record<string, { title: string; summary: string }>;
  tutorials: Record<string, { title: string; summary: string; headlines: Record<string, string> }>;
};
