import { html, type TemplateResult } from "lit";

/** Two homes, their people and a letter between them. It shows nothing that the words do not say. */
export function homePicture(): TemplateResult {
  return html`
    <div class="home-picture" aria-hidden="true">
      <svg viewBox="28 18 508 394" fill="none" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
        <g class="line-far">
          <path d="M196 108C250 48 318 48 372 108" stroke-dasharray="2 9" />
        </g>
        <g class="leaf">
          <path class="line" d="M148 262C143 280 128 290 122 312" />
          <text x="152" y="250">garden.example</text>
          <path class="house" d="M88 128l64-54 64 54v100H88z" />
          <path d="M152 198v-62M152 136c-26 16-26 44 0 54c26-10 26-38 0-54z" />
          <rect class="device" x="66" y="312" width="112" height="64" rx="12" />
          <path d="M50 388h144" />
        </g>
        <g class="anchor">
          <path class="line" d="M416 262C421 280 435 288 440 308" />
          <text x="412" y="250">harbor.example</text>
          <path class="house" d="M348 128l64-54 64 54v100H348z" />
          <circle cx="412" cy="132" r="7" />
          <path d="M412 139v56M396 152h32M386 174c0 14 12 21 26 21s26-7 26-21" />
          <rect class="device" x="414" y="308" width="52" height="84" rx="11" />
          <path d="M434 382h12" />
        </g>
        <g class="letter" transform="translate(262 42)">
          <rect x="0" y="0" width="48" height="34" rx="6" />
          <path d="M3 5l21 16L45 5" />
        </g>
        <g class="bubbles">
          <rect class="mine" x="84" y="328" width="48" height="12" rx="6" />
          <rect class="theirs" x="104" y="348" width="58" height="12" rx="6" />
          <rect class="theirs" x="422" y="324" width="26" height="9" rx="4" />
          <rect class="mine" x="430" y="340" width="28" height="9" rx="4" />
        </g>
      </svg>
    </div>
  `;
}
