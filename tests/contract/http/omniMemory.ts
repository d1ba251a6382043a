/** Every endpoint of OmniMemory's document. */
import type { Case } from "./Case.js";
import { boolean, isoTime, matching, number, type Shape } from "./Shape.js";

const error = (pattern: RegExp): Shape => ({ error: matching(pattern) });

export const omniMemory: readonly Case[] = [
  {
    name: "a session's context grows and is given back",
    steps: [
      { request: ["GET", "/sessions/sess_1/context"], status: 404, answer: error(/^session_id/) },
      {
        request: [
          "POST",
          "/sessions/sess_1/context",
          { file_path: "/src/auth/login.py", file_importance: 0.9 },
        ],
        answer: {
          session_id: "sess_1",
          context: {
            files_accessed: [
              {
                path: "/src/auth/login.py",
                accessed_at: isoTime,
                order: 1,
                importance: 0.9,
                access_count: 1,
              },
            ],
            file_importance_scores: { "/src/auth/login.py": 0.9 },
            recent_searches: [],
            decisions: [],
            saved_memories: [],
          },
          compressed: false,
          size_bytes: number,
        },
      },
      {
        request: [
          "POST",
          "/sessions/sess_1/context",
          {
            search_query: "authentication implementation",
            decision: "Using JWT for auth",
            memory_id: "mem_abc123",
            memory_key: "architecture",
          },
        ],
      },
      {
        request: ["GET", "/sessions/sess_1/context"],
        answer: {
          session_id: "sess_1",
          context: {
            files_accessed: [
              {
                path: "/src/auth/login.py",
                accessed_at: isoTime,
                order: 1,
                importance: 0.9,
                access_count: 1,
              },
            ],
            file_importance_scores: { "/src/auth/login.py": 0.9 },
            recent_searches: [{ query: "authentication implementation", timestamp: isoTime }],
            decisions: [{ decision: "Using JWT for auth", timestamp: isoTime }],
            saved_memories: [{ id: "mem_abc123", key: "architecture", timestamp: isoTime }],
          },
          compressed: boolean,
          size_bytes: number,
        },
      },
      {
        request: ["POST", "/sessions/sess_1/context", { memory_id: "mem_without_key" }],
      },
    ],
  },
  {
    name: "context that is asked wrongly",
    steps: [
      { request: ["POST", "/sessions/a/context", {}], status: 400, answer: error(/file_path/) },
      {
        request: ["POST", "/sessions/a/context", { file_path: "x", file_importance: 2 }],
        status: 400,
        answer: error(/^file_importance/),
      },
      {
        request: ["POST", "/sessions/a/context", { decision: 1 }],
        status: 400,
        answer: error(/^decision/),
      },
      {
        request: ["POST", "/sessions/a/context", "{"],
        status: 400,
        answer: error(/JSON/),
      },
      { request: ["GET", "/sessions/a/context"], status: 404, answer: error(/^session_id/) },
    ],
  },
];
