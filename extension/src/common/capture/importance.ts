/** How much a file matters to a session after something happened to it, from 0 to 1. */
const IMPORTANCE: Readonly<Record<string, number>> = {
  file_open: 0.3,
  debug_start: 0.5,
  error: 0.6,
  file_save: 0.7,
  code_edit: 0.8,
};

/** Files of one commit say more than an edit that may be undone. */
export const COMMITTED = 0.9;

/** Importance of the file of an event of this type; `undefined` where it says nothing about that. */
export function importanceOf(type: string): number | undefined {
  return IMPORTANCE[type];
}
