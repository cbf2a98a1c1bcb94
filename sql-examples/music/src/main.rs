//! A music library in memory: its module is generated while the program is built.

sqlitenow_runtime::include_database!("music_database");

use crate::albums::AddParams as NewAlbum;
use crate::tracks::AddParams as NewTrack;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let db = MusicDatabase::open_in_memory().await?;

    let album = NewAlbum {
        artist_id: 1,
        title: "Expression".to_owned(),
        year: Some(2026),
    };
    // An album and its tracks appear together or not at all.
    db.transaction(async |tx| {
        let added = tx.albums().add(&album).execute().await?;
        for (position, title) in (1..).zip(["Lower", "Upper"]) {
            let track = NewTrack {
                album_id: added.last_rowid,
                position,
                title: title.to_owned(),
                seconds: 90.0,
            };
            tx.tracks().add(&track).execute().await?;
        }
        Ok::<_, sqlitenow_runtime::Error>(())
    })
    .await?;

    for album in db.albums().lengths().list().await? {
        println!(
            "{}: {} ({} tracks, {:.0} seconds)",
            album.artist, album.title, album.tracks, album.seconds
        );
    }
    db.close().await?;
    Ok(())
}
