import { css } from "lit";

export const messageStyles = css`
  .message {
    display: flex;
    align-items: flex-end;
    gap: 0.5rem;
    padding-block: 2px;
  }
  .message.first {
    padding-block-start: 0.4rem;
  }
  .message.own {
    justify-content: flex-end;
    padding-inline-start: 2.2rem;
  }
  .message.other {
    padding-inline-end: 2.2rem;
  }
  .no-avatar {
    flex: none;
    inline-size: 1.65rem;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    min-inline-size: 0;
    max-inline-size: min(100%, 34rem);
  }
  .own .stack {
    justify-items: end;
  }
  .sender {
    margin: 0 0.7rem 0.1rem;
    color: var(--look, var(--ink-soft));
    font-weight: 600;
    font-size: 0.78rem;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 0.4rem 0.7rem;
    border-radius: 13px;
    background: var(--surface-soft);
    font-size: 0.93rem;
    line-height: 1.42;
    overflow: clip;
    overflow-wrap: anywhere;
  }
  .own .bubble {
    background: var(--accent-soft);
  }
  .other.last .bubble {
    border-end-start-radius: 4px;
  }
  .own.last .bubble {
    border-end-end-radius: 4px;
  }
  .text {
    white-space: pre-wrap;
  }
  .text,
  .nick,
  .emote,
  .named {
    unicode-bidi: isolate;
  }
  .bubble a,
  .line a {
    color: var(--accent);
  }
  .when {
    float: inline-end;
    margin-block: 0.28rem -0.1rem;
    margin-inline-start: 0.7rem;
    color: var(--ink-soft);
    font-size: 0.7rem;
    line-height: 1.4;
    white-space: nowrap;
    user-select: none;
  }
  .status {
    margin-inline-start: 0.25rem;
  }
  .sending .bubble,
  .waiting .bubble {
    background: color-mix(in srgb, var(--accent-soft), var(--surface) 55%);
    color: var(--ink-soft);
  }
  .failed .bubble {
    background: var(--surface);
    box-shadow: inset 0 0 0 1.5px var(--warn);
  }
  .failed .status {
    color: var(--warn);
    font-weight: 700;
  }
  .bubble.sealed {
    border: 1px solid var(--sealed);
    background: repeating-linear-gradient(
      -45deg,
      transparent 0 6px,
      color-mix(in srgb, var(--sealed), transparent 86%) 6px 12px
    );
  }
  .sealed .gone {
    color: var(--sealed);
    font-family: var(--font-wire);
    font-size: 0.85em;
  }
  .sealed .why {
    display: block;
    color: var(--ink-soft);
    font-size: 0.8em;
    line-height: 1.4;
  }
  .shield {
    display: flex;
    gap: 0.3rem;
    align-items: start;
    max-inline-size: 22rem;
    padding: 0.15rem 0.3rem;
    color: var(--ink-soft);
    font-size: 0.78rem;
    line-height: 1.35;
  }
  .shield.red {
    color: var(--warn);
  }
  .shield svg {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .gone,
  .edited,
  .bot {
    color: var(--ink-soft);
  }
  .gone {
    font-style: italic;
  }
  .edited {
    font-size: 0.78em;
  }
  .bubble .plain {
    font-size: 0.85rem;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0 0.4rem;
    color: var(--warn);
    font-size: 0.82rem;
    line-height: 1.4;
    text-align: end;
  }
  .notice {
    padding: 0.22rem 0.5rem;
    color: var(--ink-soft);
    font-size: 0.8rem;
    line-height: 1.45;
    text-align: center;
    overflow-wrap: anywhere;
    overflow: clip;
  }
  .notice summary {
    min-block-size: 1.5rem;
    cursor: pointer;
  }
  .day,
  .new-mark {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    padding-block: 0.5rem 0.35rem;
    color: var(--ink-soft);
    font-weight: 550;
    font-size: 0.78rem;
  }
  :is(.day, .new-mark)::before,
  :is(.day, .new-mark)::after {
    flex: 1;
    block-size: 1px;
    background: var(--line);
    content: "";
  }
  .new-mark {
    color: var(--warn);
  }
  .new-mark::before,
  .new-mark::after {
    background: color-mix(in srgb, var(--warn), transparent 55%);
  }
  .readers {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 2px;
    padding-block: 1px 2px;
    color: var(--ink-soft);
    font-size: 0.7rem;
  }
  .line {
    padding-block: 0.06rem;
    overflow: clip;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--ink-soft);
  }
  .fresh {
    color: var(--warn);
  }
  .nick {
    color: var(--look, var(--ink-soft));
    font-weight: 650;
  }
  .line:is(.sending, .waiting) {
    color: var(--ink-soft);
  }
  .line.failed {
    color: var(--warn);
  }
  .line homeroom-chat-formatted {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: top;
  }
  .line.seen {
    font-size: 0.9em;
  }
  .entry:has(.line) .failure {
    justify-content: start;
    font-family: var(--font-wire);
    text-align: start;
  }
`;
