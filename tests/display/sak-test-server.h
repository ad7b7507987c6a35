/* sak-test-server.h - a small server on loopback that speaks as much WebDAV as a test asks of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  TEST_SERVER_EMPTY,            /* a folder with nothing in it */
  TEST_SERVER_NO_FOLDER,
  TEST_SERVER_NO_PASSWORD,      /* accepts none */
  TEST_SERVER_TROUBLE,
  TEST_SERVER_SILENT,           /* takes what is sent, and says nothing */
  TEST_SERVER_AWAY,             /* ends each connection at once */
  TEST_SERVER_KEEPS,            /* what is put there */
} TestServerMood;

typedef struct _TestServer TestServer;

/* @folder: a new one, in which a certificate of its own is made: over TLS; NULL: without. */
TestServer *test_server_new         (const char     *folder) G_GNUC_WARN_UNUSED_RESULT;
void        test_server_free        (TestServer     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
const char *test_server_get_address (TestServer     *self);
void        test_server_set_mood    (TestServer     *self,
                                     TestServerMood  mood);
/* Files that have their names. */
guint       test_server_get_n_kept  (TestServer     *self);
/* Until somebody has sent something, while the main loop turns; fails after a minute. */
void        test_server_wait_for_client (TestServer *self);

G_END_DECLS
