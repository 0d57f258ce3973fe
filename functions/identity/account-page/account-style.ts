/** Sizes follow the reader's own, and colours their system's: so it is read at any zoom, in the dark, and in high contrast. */
export const accountStyle = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 1rem; background: Canvas; color: CanvasText; }
main { max-width: 30rem; margin: 0 auto; overflow-wrap: anywhere; }
label, input, button, p { display: block; margin: 0 0 .5rem; }
input[type=email], input[type=password], input[type=text] { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
input[type=checkbox] { display: inline-block; margin: 0 .5rem 0 0; }
button { margin: 1rem 0; padding: .5rem 1rem; font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: .2rem solid; outline-offset: .15rem; }
[aria-invalid=true] { outline: .15rem solid; }
.error, #message { padding: .5rem; border-inline-start: .3rem solid; }
.error:empty, #message:empty, [hidden] { display: none; }
`;
