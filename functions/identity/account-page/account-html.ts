/** What the page is made of besides its words. */
interface Parts {
  readonly script: string;
  readonly style: string;
}

/** Each view is a form, and one of them is shown; what is said of it is said to screen readers, too. */
export const accountHtml = ({ script, style }: Parts) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>Your account</title>
    <link rel="icon" href="data:,">
    <style>${style}</style>
  </head>
  <body>
    <main>
      <noscript><p>This page needs JavaScript: what it does is POST /api/v1/auth/password-reset, and what /docs shows beside it.</p></noscript>
      <p id="message" role="status" tabindex="-1"></p>
      <form id="request" hidden novalidate>
        <h1>Forgotten your password?</h1>
        <p>Write the e-mail address of your account. If there is one, a mail comes with a link by which you set a new password.</p>
        <label for="email">E-mail address</label>
        <input id="email" type="email" autocomplete="username" required aria-describedby="email-error">
        <p id="email-error" class="error" role="alert"></p>
        <button>Send the mail</button>
      </form>
      <form id="password-reset" hidden novalidate>
        <h1>Set a new password</h1>
        <p>It ends all your sessions: you log in again everywhere.</p>
        <label for="password">New password</label>
        <input id="password" type="password" autocomplete="new-password" required aria-describedby="password-error">
        <p id="password-error" class="error" role="alert"></p>
        <label><input id="show" type="checkbox">Show the password</label>
        <button>Set the password</button>
      </form>
      <form id="email-verification" hidden novalidate>
        <h1>Verify your e-mail address</h1>
        <p>You are here by a link that was sent to your address.</p>
        <button>This is my address</button>
      </form>
    </main>
    <script>${script}</script>
  </body>
</html>
`;
