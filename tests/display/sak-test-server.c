/* sak-test-server.c - a small server on loopback that speaks as much WebDAV as a test asks of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request for each connection, each on a thread of its own.
 */
#include "config.h"

#include "tests/display/sak-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/display/sak-test-sight.h"

#define WAIT_TURNS 6000

struct _TestServer
{
  GSocketService *service;
  GTlsCertificate *certificate; /* NULL without TLS */
  GCancellable *cancellable;
  char *address;
  GMutex mutex;
  GCond idle;
  TestServerMood mood;
  GHashTable *files;            /* name -> size, as text */
  guint n_clients;              /* so far, and */
  guint n_open;                 /* now */
};

typedef struct
{
  char *method;
  char *name;                   /* of the file, "" for the folder */
  char *destination;
  guint64 length;
} Request;

static void
clear_request (Request *self)
{
  g_free (self->method);
  g_free (self->name);
  g_free (self->destination);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, clear_request)

/* FALSE: whoever asked has left. */
static gboolean
read_request (TestServer       *self,
              GDataInputStream *from,
              Request          *request)
{
  g_autofree char *first = g_data_input_stream_read_line (from, NULL, self->cancellable, NULL);
  g_auto (GStrv) words = first != NULL ? g_strsplit (first, " ", 3) : NULL;

  if (words == NULL || g_strv_length (words) != 3)
    return FALSE;
  request->method = g_strdup (words[0]);
  request->name = g_strdup (strrchr (words[1], '/') + 1);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (from, NULL, self->cancellable, NULL);

      if (line == NULL)
        return FALSE;
      if (*g_strchomp (line) == '\0')
        break;
      if (g_ascii_strncasecmp (line, "content-length:", 15) == 0)
        request->length = g_ascii_strtoull (line + 15, NULL, 10);
      if (g_ascii_strncasecmp (line, "destination:", 12) == 0)
        request->destination = g_strdup (strrchr (line, '/') + 1);
    }
  for (guint64 left = request->length; left > 0;)
    {
      gssize n = g_input_stream_skip (G_INPUT_STREAM (from), (gsize) left, self->cancellable, NULL);

      if (n <= 0)
        return FALSE;
      left -= (guint64) n;
    }
  return TRUE;
}

/* --- Answers --- */

static char *
make_answer (const char *status,
             const char *headers,
             const char *body)
{
  return g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: %u\r\nConnection: close\r\n\r\n%s", status, headers,
                          (guint) strlen (body), body);
}

static char *
list_files (TestServer *self)
{
  g_autoptr (GString) body = g_string_new ("<multistatus xmlns=\"DAV:\">");
  GHashTableIter iter;
  gpointer name, size;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &name, &size))
    g_string_append_printf (body, "<response><href>/dav/%s</href><propstat><prop><getcontentlength>%s"
                            "</getcontentlength><resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat>"
                            "</response>",
                            (char *) name, (char *) size);
  g_string_append (body, "</multistatus>");
  return make_answer ("207 Multi-Status", "Content-Type: application/xml\r\n", body->str);
}

static char *
keep (TestServer    *self,
      const Request *request)
{
  if (g_str_equal (request->method, "PUT"))
    g_hash_table_replace (self->files, g_strdup (request->name),
                          g_strdup_printf ("%" G_GUINT64_FORMAT, request->length));
  else if (g_str_equal (request->method, "MOVE") && request->destination != NULL)
    {
      g_autofree char *size = g_strdup (g_hash_table_lookup (self->files, request->name));

      g_hash_table_remove (self->files, request->name);
      g_hash_table_replace (self->files, g_strdup (request->destination), g_steal_pointer (&size));
    }
  else if (!g_str_equal (request->method, "MKCOL"))
    return list_files (self);
  return make_answer ("201 Created", "", "");
}

/* NULL: none. */
static char *
answer (TestServer    *self,
        const Request *request)
{
  switch (self->mood)
    {
    case TEST_SERVER_NO_FOLDER:
      return make_answer ("404 Not Found", "", "");
    case TEST_SERVER_NO_PASSWORD:
      return make_answer ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"store\"\r\n", "");
    case TEST_SERVER_TROUBLE:
      return make_answer ("503 Service Unavailable", "", "");
    case TEST_SERVER_SILENT:
    case TEST_SERVER_AWAY:
      return NULL;
    default:
      return keep (self, request);
    }
}

static void
serve (TestServer *self,
       GIOStream  *stream)
{
  g_autoptr (GDataInputStream) from = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_auto (Request) request = { 0 };
  g_autofree char *text = NULL;
  char byte;

  if (!read_request (self, from, &request))
    return;
  g_mutex_lock (&self->mutex);
  self->n_clients++;
  text = answer (self, &request);
  g_mutex_unlock (&self->mutex);
  if (text != NULL)
    (void) g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL,
                                      self->cancellable, NULL);
  else if (self->mood == TEST_SERVER_SILENT)
    (void) g_input_stream_read (G_INPUT_STREAM (from), &byte, 1, self->cancellable, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        TestServer             *self)
{
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));

  g_mutex_lock (&self->mutex);
  self->n_open++;
  g_mutex_unlock (&self->mutex);
  if (self->certificate != NULL)
    {
      g_object_unref (stream);
      stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
    }
  if (self->mood != TEST_SERVER_AWAY)
    serve (self, stream);
  (void) g_io_stream_close (stream, NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->n_open--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* --- The server --- */

static GTlsCertificate *
make_certificate (const char *folder)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *path = g_build_filename (folder, "cert.pem", NULL);
  const char *command[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-keyout", key, "-out", path, "-days", "30", "-subj", "/CN=localhost", NULL };
  g_autoptr (GSubprocess) openssl = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  openssl = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (openssl, NULL, &error));
  certificate = g_tls_certificate_new_from_files (path, key, &error);
  g_assert_no_error (error);
  return certificate;
}

TestServer *
test_server_new (const char *folder)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->cancellable = g_cancellable_new ();
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->certificate = folder != NULL ? make_certificate (folder) : NULL;
  self->service = g_threaded_socket_service_new (8);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &address, &error));
  g_assert_no_error (error);
  self->address = g_strdup_printf ("%s://127.0.0.1:%u/dav", folder != NULL ? "https" : "http",
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
test_server_free (TestServer *self)
{
  if (self == NULL)
    return;
  g_socket_service_stop (self->service);
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  while (self->n_open > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->files);
  g_free (self->address);
  g_cond_clear (&self->idle);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
test_server_get_address (TestServer *self)
{
  return self->address;
}

void
test_server_set_mood (TestServer     *self,
                      TestServerMood  mood)
{
  g_mutex_lock (&self->mutex);
  self->mood = mood;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_kept (gpointer name,
         gpointer size,
         gpointer data)
{
  *(guint *) data += *(char *) name != '~';
  return FALSE;
}

guint
test_server_get_n_kept (TestServer *self)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  (void) g_hash_table_find (self->files, is_kept, &n);
  g_mutex_unlock (&self->mutex);
  return n;
}

static guint
count_clients (TestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_clients;
  g_mutex_unlock (&self->mutex);
  return n;
}

void
test_server_wait_for_client (TestServer *self)
{
  for (guint i = 0; i < WAIT_TURNS && count_clients (self) == 0; i++)
    test_turn ();
  g_assert_cmpuint (count_clients (self), >, 0);
}
