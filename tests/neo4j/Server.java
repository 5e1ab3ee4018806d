import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j server for the tests: {@code Server FOLDER PORT PASSWORD}.
 *
 * <p>It says "ready" on its output, and ends when its input does: with the process that started it, however that
 * one comes to its end, also if it is killed. Then it deletes the folder above FOLDER, unless the last that it was
 * told is {@code k}, for keep. {@code -Dpages=MEGABYTES} is how much of its files it keeps in memory.
 */
public final class Server {
    private static final int KEEP = 'k';
    private static final long PAGES = Long.getLong("pages", 128) << 20;
    private static final long LOG = 16L << 20;

    public static void main(String[] arguments) throws IOException {
        DatabaseManagementService service = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                .executeTransactionally(
                        "CREATE OR REPLACE USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                        java.util.Map.of("password", arguments[2]));
        System.out.println("ready");
        int last = -1;
        for (int read = System.in.read(); read >= 0; read = System.in.read()) last = read;
        service.shutdown();
        if (last != KEEP) delete(Path.of(arguments[0]).getParent());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
        }
    }

    private static DatabaseManagementService start(Path folder, int port) {
        return new DatabaseManagementServiceBuilder(folder)
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", port))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGES)
                .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, LOG)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.transaction_monitor_check_interval, Duration.ofMillis(100))
                .setConfig(GraphDatabaseSettings.shutdown_transaction_end_timeout, Duration.ofSeconds(1))
                // By default it waits 5 s at its end, twice, for what clients may still ask.
                .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
                // The tests empty the database again and again; a plan made once serves them all.
                .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(2))
                .build();
    }
}
