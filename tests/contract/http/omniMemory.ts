/** Every endpoint of OmniMemory's document. */
import type { Case } from "./Case.js";
import { anything, boolean, isoTime, listOf, matching, number, type Shape } from "./Shape.js";

const error = (pattern: RegExp): Shape => ({ error: matching(pattern) });

const memoryId = matching(/^mem_[0-9a-f]{12}$/);

/** Asks for the memory `architecture` of the project, which has been asked for so often. */
const architecture = ({ accessed_count }: { accessed_count: number }): Case["steps"][number] => ({
  request: ["GET", "/projects/proj_001/memories?key=architecture"],
  answer: {
    project_id: "proj_001",
    memory: {
      memory_id: "{memory}",
      project_id: "proj_001",
      memory_key: "architecture",
      memory_value: "Using microservices with FastAPI",
      created_at: isoTime,
      last_accessed: isoTime,
      accessed_count,
      metadata_json: '{"author":"user123","importance":"high"}',
    },
  },
});

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
    name: "a project's memories under their keys",
    steps: [
      {
        request: ["GET", "/projects/proj_001/memories"],
        answer: { project_id: "proj_001", memories: [], count: 0 },
      },
      {
        request: [
          "POST",
          "/projects/proj_001/memories",
          {
            key: "architecture",
            value: "Using microservices with FastAPI",
            metadata: { author: "user123", importance: "high" },
            ttl_seconds: 3600,
          },
        ],
        answer: {
          memory_id: memoryId,
          project_id: "proj_001",
          key: "architecture",
          message: "Memory created successfully",
        },
        keep: ({ memory_id }: { memory_id: string }) => ({ memory: memory_id }),
      },
      architecture({ accessed_count: 0 }),
      architecture({ accessed_count: 1 }),
      {
        request: [
          "POST",
          "/projects/proj_001/memories",
          { key: "architecture", value: "A monolith after all" },
        ],
      },
      {
        request: ["POST", "/projects/proj_001/memories", { key: "language", value: "Python" }],
      },
      {
        request: ["GET", "/projects/proj_001/memories"],
        answer: {
          project_id: "proj_001",
          memories: listOf(
            {
              memory_id: memoryId,
              project_id: "proj_001",
              memory_key: matching(/^(architecture|language)$/),
              memory_value: matching(/^(A monolith after all|Python)$/),
              created_at: isoTime,
              last_accessed: isoTime,
              accessed_count: number,
              metadata_json: "{}",
            },
            2,
          ),
          count: 2,
        },
      },
      {
        request: ["GET", "/projects/proj_001/memories?limit=1"],
        answer: { project_id: "proj_001", memories: listOf(anything, 1), count: 1 },
      },
      {
        request: ["GET", "/projects/proj_001/memories?key=nothing"],
        status: 404,
        answer: error(/^key/),
      },
      {
        request: ["GET", "/projects/proj_002/memories?key=architecture"],
        status: 404,
        answer: error(/^project/),
      },
    ],
  },
  {
    name: "project memories that are asked wrongly",
    steps: [
      {
        request: ["POST", "/projects/p/memories", { key: "a" }],
        status: 400,
        answer: error(/^value/),
      },
      {
        request: ["POST", "/projects/p/memories", { value: "a" }],
        status: 400,
        answer: error(/^key/),
      },
      {
        request: ["POST", "/projects/p/memories", { key: "a", value: "b", ttl_seconds: 0 }],
        status: 400,
        answer: error(/^ttl_seconds/),
      },
      {
        request: ["POST", "/projects/p/memories", { key: "a", value: "b", metadata: [1] }],
        status: 400,
        answer: error(/^metadata/),
      },
      { request: ["GET", "/projects/p/memories?limit=-1"], status: 400, answer: error(/^limit/) },
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
