/* sak-dav.c - requests to one collection on one server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-dav.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sync/sak-carrier.h"
#include "sync/sak-dav-auth.h"
#include "sync/sak-dav-pin.h"
#include "sync/sak-dav-watch.h"

#define PATIENCE_SECONDS 90     /* without a byte, and with few; Tor is slow */
#define BLOCK_SIZE (64 * 1024)
#define MAX_PASSED_OVER (256 * 1024)    /* of an answer that nobody reads */

struct _SakDav
{
  const SakCarrier *carrier;
  GMainContext *context;        /* of the session's timers: else they would run in the main loop's thread */
  SoupSession *session;
  SoupAuth *auth;               /* what the server took last, or NULL */
  GUri *base;                   /* its path ends with a slash */
  char *shown;                  /* digest of the certificate that was refused last, or NULL */
};

/* What one request is about, for its signals. */
typedef struct
{
  SakDav *dav;
  SakMeter *meter;
  SakDavWatch *watch;
  GBytes *body;
  gboolean counts;
  guint64 counted;
  gboolean was_asked;           /* for the password */
  guint cut_status;             /* of an answer that was not read, because it might have no end; else 0 */
} Call;

static gboolean
refuse (GError         **error,
        SakCarryReason   reason,
        const char      *what)
{
  g_set_error (error, SAK_CARRY_ERROR, (int) reason, "%s", what);
  return FALSE;
}

static gboolean
is_onion (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gsize length = strlen (host);

  if (length > 0 && host[length - 1] == '.')
    host[length - 1] = '\0';
  return g_str_has_suffix (host, ".onion");
}

/* No password in the address, and none over a line that others can read. A .onion name is for Tor
 * alone: any name server that is asked learns of it.
 */
static gboolean
check_uri (const SakCarrier  *carrier,
           GUri              *uri,
           GError           **error)
{
  gboolean is_plain = g_strcmp0 (g_uri_get_scheme (uri), "http") == 0;

  if (!is_plain && g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    return refuse (error, SAK_CARRY_ADDRESS, "the address does not begin with https://");
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, SAK_CARRY_ADDRESS, "the address names no server");
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return refuse (error, SAK_CARRY_ADDRESS, "the address has a name, a password or a question in it");
  if (is_onion (uri) && *carrier->proxy == '\0')
    return refuse (error, SAK_CARRY_ADDRESS, "a .onion address needs a proxy");
  if (is_plain && !is_onion (uri) && (carrier->flags & SAK_CARRIER_ALLOWS_PLAIN) == 0)
    return refuse (error, SAK_CARRY_ADDRESS, "http:// is open to everybody on the way");
  return TRUE;
}

/* "socks5://HOST:PORT": with the other schemes of GLib the name would be looked up here. */
static gboolean
check_proxy (const char  *proxy,
             GError     **error)
{
  g_autoptr (GUri) uri = *proxy != '\0' ? g_uri_parse (proxy, G_URI_FLAGS_NONE, NULL) : NULL;

  if (*proxy == '\0' || (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "socks5") &&
                         g_uri_get_host (uri) != NULL && g_uri_get_port (uri) > 0 && *g_uri_get_path (uri) == '\0'))
    return TRUE;
  return refuse (error, SAK_CARRY_ADDRESS, "a proxy is written socks5://HOST:PORT");
}

static GUri *
parse_address (const SakCarrier  *carrier,
               GError           **error)
{
  g_autofree char *slashed = g_strconcat (carrier->address, g_str_has_suffix (carrier->address, "/") ? "" : "/", NULL);
  g_autoptr (GUri) uri = g_uri_parse (slashed, (GUriFlags) (G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD |
                                                            G_URI_FLAGS_SCHEME_NORMALIZE), NULL);

  if (uri == NULL)
    {
      (void) refuse (error, SAK_CARRY_ADDRESS, "this is no address");
      return NULL;
    }
  if (!check_uri (carrier, uri, error) || !check_proxy (carrier->proxy, error))
    return NULL;
  if (*carrier->pin != '\0' && (strlen (carrier->pin) != 64 ||
                                strspn (carrier->pin, "0123456789abcdefABCDEF") != 64))
    {
      (void) refuse (error, SAK_CARRY_ADDRESS, "a certificate is noted by 64 hexadecimal digits");
      return NULL;
    }
  return g_steal_pointer (&uri);
}

gboolean
sak_dav_check_address (const SakCarrier  *carrier,
                       GError           **error)
{
  g_autoptr (GUri) uri = parse_address (carrier, error);

  return uri != NULL;
}

SakDav *
sak_dav_new (const SakCarrier  *carrier,
             GError           **error)
{
  g_autoptr (SakDav) self = g_new0 (SakDav, 1);
  g_autoptr (GProxyResolver) proxy = NULL;
  g_autoptr (GTlsDatabase) pin = NULL;

  self->carrier = carrier;
  self->base = parse_address (carrier, error);
  if (self->base == NULL)
    return NULL;
  /* No name of this program, and no proxy but the one that was set: what the desktop has set is not ours. */
  if (*carrier->proxy != '\0')
    proxy = g_simple_proxy_resolver_new (carrier->proxy, NULL);
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("timeout", PATIENCE_SECONDS, "idle-timeout", PATIENCE_SECONDS,
                                                 "proxy-resolver", proxy, "max-conns", 1, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (*carrier->pin != '\0')
    {
      pin = sak_dav_pin_new (carrier->pin);
      soup_session_set_tls_database (self->session, pin);
    }
  g_main_context_pop_thread_default (self->context);
  return g_steal_pointer (&self);
}

void
sak_dav_free (SakDav *self)
{
  if (self == NULL)
    return;
  if (self->session != NULL)
    {
      g_main_context_push_thread_default (self->context);
      soup_session_abort (self->session);
      g_clear_object (&self->session);
      g_main_context_pop_thread_default (self->context);
    }
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->auth);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->shown);
  g_free (self);
}

/* --- What a request asks back --- */

static gboolean
certificate_refused_cb (SoupMessage          *message,
                        GTlsCertificate      *certificate,
                        GTlsCertificateFlags  why,
                        Call                 *call)
{
  g_free (call->dav->shown);
  call->dav->shown = sak_dav_pin_make (certificate);
  return FALSE;
}

/* What comes with the question for a password libsoup reads into memory to its end, also where it is not to answer: 401
 * and 407 with more than a little, or with nobody knows how much, end the connection instead.
 */
static void
headers_came_cb (SoupMessage *message,
                 Call        *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint status = soup_message_get_status (message);

  if ((status != 401 && status != 407) ||
      (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
       soup_message_headers_get_content_length (headers) <= MAX_PASSED_OVER))
    return;
  call->cut_status = status;
  g_cancellable_cancel (sak_dav_watch_get_cancellable (call->watch));
}

/* A connection that was kept open and turned out to be closed: it is sent once more. */
static void
restarted_cb (SoupMessage *message,
              Call        *call)
{
  if (call->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/octet-stream", call->body);
  call->meter->done_bytes -= call->counted;
  call->counted = 0;
}

static void
body_written_cb (SoupMessage *message,
                 guint        size,
                 Call        *call)
{
  sak_dav_watch_count (call->watch, size);
  if (!call->counts)
    return;
  call->counted += size;
  /* Cancelling is heard by the connection itself. */
  (void) !sak_meter_add (call->meter, size, NULL);
}

/* --- What went wrong --- */

static SakCarryReason
reason_for_io (SakDav       *self,
               const GError *cause)
{
  if (cause->domain == G_TLS_ERROR && cause->code == G_TLS_ERROR_BAD_CERTIFICATE)
    return *self->carrier->pin != '\0' ? SAK_CARRY_CERTIFICATE_CHANGED : SAK_CARRY_CERTIFICATE;
  if (cause->domain == G_IO_ERROR && (cause->code == G_IO_ERROR_PROXY_FAILED ||
                                      cause->code == G_IO_ERROR_PROXY_AUTH_FAILED ||
                                      cause->code == G_IO_ERROR_PROXY_NEED_AUTH ||
                                      cause->code == G_IO_ERROR_PROXY_NOT_ALLOWED))
    return SAK_CARRY_PROXY;
  if (*self->carrier->proxy != '\0' && g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return SAK_CARRY_PROXY;
  return SAK_CARRY_UNREACHABLE;
}

static void
fail_by_io (SakDav  *self,
            Call    *call,
            GError  *cause,
            GError **error)
{
  SakCarryReason reason;

  if (sak_dav_watch_was_slow (call->watch))
    {
      (void) refuse (error, SAK_CARRY_UNREACHABLE, "next to nothing came for too long");
      g_error_free (cause);
      return;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cause->domain == SAK_CARRY_ERROR ||
      cause->domain == SAK_ERROR)
    {
      g_propagate_error (error, cause);
      return;
    }
  reason = reason_for_io (self, cause);
  if (self->shown != NULL && (reason == SAK_CARRY_CERTIFICATE || reason == SAK_CARRY_CERTIFICATE_CHANGED))
    g_set_error (error, SAK_CARRY_ERROR, (int) reason, "the certificate shown has the SHA-256 %s", self->shown);
  else
    g_set_error (error, SAK_CARRY_ERROR, (int) reason, "%s", cause->message);
  g_error_free (cause);
}

static SakCarryReason
reason_for_status (guint status)
{
  static const struct { guint status; SakCarryReason reason; } known[] = {
    { 401, SAK_CARRY_PASSWORD }, { 403, SAK_CARRY_FORBIDDEN }, { 404, SAK_CARRY_NOT_THERE },
    { 407, SAK_CARRY_PROXY }, { 408, SAK_CARRY_SERVER }, { 409, SAK_CARRY_CONFLICT }, { 410, SAK_CARRY_NOT_THERE },
    { 413, SAK_CARRY_TOO_LARGE }, { 423, SAK_CARRY_LOCKED }, { 429, SAK_CARRY_SERVER }, { 507, SAK_CARRY_FULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == status)
      return known[i].reason;
  if (status >= 300 && status < 400)
    return SAK_CARRY_REDIRECT;
  return status >= 500 ? SAK_CARRY_SERVER : SAK_CARRY_ANSWER;
}

/* --- Running --- */

static char *
make_address (SakDav     *self,
              const char *name)
{
  g_autofree char *base = g_uri_to_string (self->base);
  g_autofree char *escaped = name != NULL ? g_uri_escape_string (name, NULL, FALSE) : NULL;

  return g_strconcat (base, escaped, NULL);
}

static SoupMessage *
make_message (SakDav               *self,
              const SakDavRequest  *request,
              Call                 *call)
{
  g_autofree char *address = make_address (self, request->name);
  SoupMessage *message = soup_message_new (request->method, address);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Else each would cost a new connection, which Tor takes seconds for. It may then come twice. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  if (request->is_listing)
    soup_message_headers_replace (headers, "Depth", "1");
  if (request->move_to != NULL)
    {
      g_autofree char *destination = make_address (self, request->move_to);

      soup_message_headers_replace (headers, "Destination", destination);
      soup_message_headers_replace (headers, "Overwrite", "T");
    }
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->is_listing ? "application/xml"
                                              : "application/octet-stream", request->body);
  if (self->auth != NULL)
    {
      g_autofree char *answer = soup_auth_get_authorization (self->auth, message);

      soup_message_headers_replace (headers, "Authorization", answer);
    }
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), call);
  g_signal_connect (message, "got-headers", G_CALLBACK (headers_came_cb), call);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (certificate_refused_cb), call);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (body_written_cb), call);
  return message;
}

/* To its end, or as far as anybody wants it. */
static gboolean
read_answer (GInputStream  *answer,
             SakDavSink     sink,
             gpointer       sink_data,
             Call          *call,
             GError       **error)
{
  GCancellable *cancellable = sak_dav_watch_get_cancellable (call->watch);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gsize passed_over = 0;
  gssize n;

  while ((n = g_input_stream_read (answer, block, BLOCK_SIZE, cancellable, error)) > 0)
    {
      sak_dav_watch_count (call->watch, (gsize) n);
      if (sink != NULL && !sink (block, (gsize) n, sink_data, error))
        return FALSE;
      passed_over += (gsize) n;
      if (sink == NULL && passed_over > MAX_PASSED_OVER)
        return TRUE;
    }
  return n == 0;
}

/* Once for each request: a second question means that the first answer was wrong. What comes with it is read, so that
 * the connection can be used again, but only so far.
 */
static gboolean
answer_question (SakDav       *self,
                 SoupMessage  *message,
                 GInputStream *answer,
                 Call         *call)
{
  if (call->was_asked)
    return FALSE;
  call->was_asked = TRUE;
  g_clear_object (&self->auth);
  self->auth = sak_dav_auth_new (message, self->carrier);
  if (self->auth == NULL)
    return FALSE;
  if (answer != NULL)
    (void) !read_answer (answer, NULL, NULL, call, NULL);
  call->meter->done_bytes -= call->counted;
  call->counted = 0;
  return TRUE;
}

/* @ret_again: the server asked for the password, and is to be asked once more. */
static guint
send_message (SakDav               *self,
              const SakDavRequest  *request,
              gboolean              may_be_missing,
              SoupMessage          *message,
              Call                 *call,
              gboolean             *ret_again,
              GError              **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GInputStream) answer = soup_session_send (self->session, message,
                                                       sak_dav_watch_get_cancellable (call->watch), &cause);
  guint status = answer != NULL ? soup_message_get_status (message) : call->cut_status;

  *ret_again = status == 401 && answer_question (self, message, answer, call);
  if (*ret_again)
    return 0;
  if (status == 0)
    {
      fail_by_io (self, call, g_steal_pointer (&cause), error);
      return 0;
    }
  if (may_be_missing && status == 404)
    return status;
  /* 207: of what was asked a part may have failed; only a listing is told so. */
  if (status < 200 || status > 299 || (status == 207 && !request->is_listing))
    {
      g_set_error (error, SAK_CARRY_ERROR, (int) reason_for_status (status), "%s was answered with %u",
                   request->method, status);
      return 0;
    }
  if (read_answer (answer, request->sink, request->sink_data, call, &cause))
    return status;
  fail_by_io (self, call, g_steal_pointer (&cause), error);
  return 0;
}

guint
sak_dav_run (SakDav               *self,
             const SakDavRequest  *request,
             gboolean              may_be_missing,
             SakMeter             *meter,
             GError              **error)
{
  Call call = { .dav = self, .meter = meter, .body = request->body, .counts = request->counts_body };
  gboolean again = TRUE;
  guint status = 0;

  g_main_context_push_thread_default (self->context);
  while (again)
    {
      g_autoptr (SakDavWatch) watch = sak_dav_watch_new (meter->cancellable, PATIENCE_SECONDS);
      g_autoptr (SoupMessage) message = make_message (self, request, &call);

      call.watch = watch;
      call.cut_status = 0;
      status = send_message (self, request, may_be_missing, message, &call, &again, error);
      g_signal_handlers_disconnect_by_data (message, &call);
    }
  g_main_context_pop_thread_default (self->context);
  return status;
}

const char *
sak_dav_get_shown_certificate (SakDav *self)
{
  return self->shown;
}
